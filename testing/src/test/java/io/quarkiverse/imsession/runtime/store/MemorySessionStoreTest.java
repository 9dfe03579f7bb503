package io.quarkiverse.imsession.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;

class MemorySessionStoreTest extends BuiltInStoreContract {

    private final MovableClock clock = new MovableClock();
    private final MemorySessionStore store = new MemorySessionStore(100_000, clock);

    @Override
    protected IndexedSessionStore store() {
        return store;
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        StoredSession stored = await(store.load(id));
        return Duration.between(stored.now(), stored.expires()).plus(SessionStore.EXPIRY_SLACK);
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
    void sessionsBeyondTheLimitAreDropped() {
        MemorySessionStore small = new MemorySessionStore(100);
        List<SessionToken> tokens = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            SessionToken token = newToken();
            await(small.create(token.id(), new NewSession(token.hash(), SessionData.empty(), expiry())));
            tokens.add(token);
        }
        Awaitility.await().until(() -> tokens.stream().filter(token -> await(small.load(token.id())) != null).count() <= 100);
    }

    static final class MovableClock extends Clock {

        private volatile Duration moved = Duration.ZERO;

        void move(Duration by) {
            moved = moved.plus(by);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(moved);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
