package io.quarkiverse.imsession.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.MovableClock;

class MemorySessionStoreTest extends BuiltInStoreContract {

    private final MovableClock clock = new MovableClock();
    private final MemorySessionStore store = new MemorySessionStore(100_000, clock, SessionLimits.NONE);

    @Override
    protected IndexedSessionStore store() {
        return store;
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        StoredSession stored = await(store.load(id));
        return Duration.between(stored.now(), stored.expiresAt()).plus(SessionStore.EXPIRY_SLACK);
    }

    @Test
    void unusedSessionExpiresAfterItsTimeoutAndTheSlack() {
        SessionToken token = create(SessionData.of("a", 1));

        clock.move(Duration.ofDays(1).plusSeconds(9));
        assertThat(load(token)).isNotNull();
        clock.move(Duration.ofSeconds(2));
        assertThat(load(token)).isNull();
        assertThat(update(token, Map.of("a", "2"), Set.of(), TokenChange.KEEP)).isInstanceOf(UpdateResult.Gone.class);
    }

    @Test
    void usedSessionLivesOn() {
        SessionToken token = create(SessionData.of("a", 1));
        for (int i = 0; i < 5; i++) {
            clock.move(Duration.ofHours(23));
            assertThat(update(token, Map.of(), Set.of(), TokenChange.KEEP)).isInstanceOf(UpdateResult.Updated.class);
        }
        assertThat(load(token)).isNotNull();
    }

    @Test
    void whatIsLeftOfReplacedSessionsIsBounded() {
        List<SessionToken> replaced = new ArrayList<>();
        for (int i = 0; i <= MemoryReplaced.MOST_SESSIONS; i++) {
            SessionToken token = create(SessionData.empty());
            SessionToken other = newToken();
            await(store.replace(token.id(), presented(token), LONG_GRACE, other.id(),
                    new NewSession(other.hash(), SessionData.empty(), expiry())));
            replaced.add(token);
        }
        assertThat(load(replaced.get(0))).isNull();
        assertThat(load(replaced.get(1)).isReplaced()).isTrue();
        assertThat(load(replaced.get(MemoryReplaced.MOST_SESSIONS)).isReplaced()).isTrue();
        assertThat(store.count()).isEqualTo(MemoryReplaced.MOST_SESSIONS + 1L);
    }

    @Test
    void expiredSessionsAreNotCounted() {
        create(SessionData.of("a", 1));
        SessionToken token = create(SessionData.of("a", 2));
        assertThat(store.count()).isEqualTo(2);

        clock.move(Duration.ofHours(23));
        update(token, Map.of(), Set.of(), TokenChange.KEEP);
        clock.move(Duration.ofHours(2));
        assertThat(store.count()).isEqualTo(1);
    }

    @Test
    void theLongestUnusedSessionIsDroppedAndNeverTheNewest() {
        MemorySessionStore small = new MemorySessionStore(100, SessionLimits.NONE);
        List<SessionToken> tokens = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            SessionToken token = store(small, SessionData.empty(), expiry());
            tokens.add(token);
            assertThat(kept(small)).isEqualTo(ids(tokens.subList(Math.max(0, i - 99), i + 1)));
        }
    }

    /** How often a session was used before says nothing about when it was used last. */
    @Test
    void theNewestSessionIsKeptHoweverOftenTheOthersAreUsed() {
        MemorySessionStore small = new MemorySessionStore(10, SessionLimits.NONE);
        List<SessionToken> tokens = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            tokens.add(store(small, SessionData.empty(), expiry()));
        }
        for (int i = 0; i < 100; i++) {
            tokens.forEach(token -> await(small.load(token.id())));
        }
        for (int i = 0; i < 5; i++) {
            SessionToken newest = store(small, SessionData.empty(), expiry());
            tokens.forEach(token -> await(small.load(token.id())));
            assertThat(await(small.load(newest.id()))).isNotNull();
        }
    }

    @Test
    void loadingAndChangingASessionAreUsesOfItAndListingIsNone() {
        MemorySessionStore small = new MemorySessionStore(4, SessionLimits.NONE);
        SessionToken listed = store(small, SessionData.of("user_id", 1), expiry());
        SessionToken loaded = store(small, SessionData.empty(), expiry());
        SessionToken changed = store(small, SessionData.empty(), expiry());
        store(small, SessionData.empty(), expiry());

        StoredSession basis = await(small.load(loaded.id()));
        await(small.update(changed.id(), new SessionUpdate(basis, changed.hash(), Map.of("a", "1"), Set.of(), TokenChange.KEEP,
                null)));
        await(small.find(Reference.of("user_id", 1), null, 10, null));
        await(small.findAll(null, 10));
        SessionToken fifth = store(small, SessionData.empty(), expiry());
        SessionToken sixth = store(small, SessionData.empty(), expiry());

        assertThat(kept(small)).isEqualTo(ids(List.of(loaded, changed, fifth, sixth))).doesNotContain(listed.id());
    }

    @Test
    void aSessionThatHasEndedIsDroppedBeforeOneThatLives() {
        MemorySessionStore small = new MemorySessionStore(3, clock, SessionLimits.NONE);
        SessionToken living = store(small, SessionData.empty(), expiry());
        SessionToken ending = store(small, SessionData.empty(), expiry(Duration.ofSeconds(1), null, null));
        SessionToken other = store(small, SessionData.empty(), expiry());
        clock.move(Duration.ofSeconds(1).plus(SessionStore.EXPIRY_SLACK).plusMillis(1));

        SessionToken newest = store(small, SessionData.empty(), expiry());

        assertThat(kept(small)).isEqualTo(ids(List.of(living, other, newest))).doesNotContain(ending.id());
    }

    @Test
    void aStepOfTheApplicationsClockEndsAndProlongsNoSession() {
        AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
        MemorySessionStore steady = new MemorySessionStore(10, new SteadyClock(clock, nanos::get), SessionLimits.NONE);
        SessionToken token = store(steady, SessionData.empty(), expiry(Duration.ofHours(1), null, null));

        clock.move(Duration.ofDays(365));
        assertThat(await(steady.load(token.id()))).isNotNull();
        clock.move(Duration.ofDays(-730));
        nanos.addAndGet(Duration.ofHours(1).plus(SessionStore.EXPIRY_SLACK).minusMillis(1).toNanos());
        assertThat(await(steady.load(token.id()))).isNotNull();
        nanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(await(steady.load(token.id()))).isNull();
    }

    private SessionToken store(SessionStore store, SessionData data, Expiry expiry) {
        SessionToken token = newToken();
        await(store.create(token.id(), new NewSession(token.hash(), data, expiry)));
        return token;
    }

    private Set<SessionId> kept(MemorySessionStore store) {
        return await(store.findAll(null, 1000)).sessions().stream().map(Found::id).collect(Collectors.toSet());
    }

    private static Set<SessionId> ids(List<SessionToken> tokens) {
        return tokens.stream().map(SessionToken::id).collect(Collectors.toSet());
    }
}
