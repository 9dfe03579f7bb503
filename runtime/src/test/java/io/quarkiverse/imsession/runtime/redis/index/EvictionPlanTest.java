package io.quarkiverse.imsession.runtime.redis.index;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.CountedEntry;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entry;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimit;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;

class EvictionPlanTest {

    private static final Reference REFERENCE = Reference.of("user_id", 7);
    private static final SessionLimit REFUSE = new SessionLimit(3, false);
    private static final SessionLimit END = new SessionLimit(3, true);

    private final List<CountedEntry> entries = new ArrayList<>();
    private final List<StoredSession> sessions = new ArrayList<>();

    @Test
    void aSetOfLivingSessionsHasNoRoomUnlessTheOldestMayBeEnded() {
        living("b", 2);
        living("a", 1);
        living("c", 3);
        assertThat(plan(REFUSE, null)).isEqualTo(new EvictionPlan(List.of(), List.of(), false));
        assertThat(plan(END, null)).isEqualTo(new EvictionPlan(List.of(), List.of(id("a")), true));
    }

    @Test
    void theIdDecidesBetweenSessionsOfTheSameAge() {
        living("c", 1);
        living("b", 1);
        living("d", 1);
        assertThat(plan(END, null).oldest()).containsExactly(id("b"));
    }

    @Test
    void staleEntriesGoBeforeLivingSessions() {
        living("a", 1);
        entry("gone", null, false);
        entry("moved", session(1, SessionData.of("user_id", 8)), false);
        assertThat(plan(END, null)).isEqualTo(new EvictionPlan(List.of(entryOf("gone"), entryOf("moved")), List.of(), true));
        assertThat(plan(REFUSE, null).isEnough()).isTrue();
    }

    @Test
    void anEntryWhoseSessionIsBeingStoredStays() {
        entry("coming", null, true);
        entry("changing", session(1, SessionData.of("user_id", 8)), true);
        living("a", 1);
        assertThat(plan(END, null)).isEqualTo(new EvictionPlan(List.of(), List.of(id("a")), true));
        assertThat(plan(REFUSE, null)).isEqualTo(new EvictionPlan(List.of(), List.of(), false));
    }

    @Test
    void nothingCanBeDoneWhileAllAreBeingStored() {
        entry("a", null, true);
        entry("b", null, true);
        entry("c", null, true);
        assertThat(plan(END, null)).isEqualTo(new EvictionPlan(List.of(), List.of(), false)).matches(EvictionPlan::isEmpty);
    }

    @Test
    void ofTooManyAsManyAreEndedAsItTakes() {
        for (int i = 1; i <= 5; i++) {
            living("s" + i, i);
        }
        assertThat(plan(END, null).oldest()).containsExactly(id("s1"), id("s2"), id("s3"));
        assertThat(plan(REFUSE, null).isEnough()).isFalse();
    }

    @Test
    void aSessionThatIsReplacedNeitherCountsNorIsEnded() {
        living("old", 1);
        living("a", 2);
        living("b", 3);
        living("c", 4);
        assertThat(plan(END, "old").oldest()).containsExactly(id("a"));
        assertThat(plan(REFUSE, "old").isEnough()).isFalse();
    }

    private EvictionPlan plan(SessionLimit limit, String replaced) {
        return EvictionPlan.of(REFERENCE, limit, entries, sessions, replaced == null ? null : id(replaced));
    }

    private void living(String name, long created) {
        entry(name, session(created, SessionData.of("user_id", 7)), false);
    }

    private void entry(String name, StoredSession session, boolean pending) {
        entries.add(new CountedEntry(entryOf(name), pending));
        sessions.add(session);
    }

    private static Entry entryOf(String name) {
        return new Entry(id(name), 1);
    }

    private static SessionId id(String name) {
        return new SessionId(name + "A".repeat(SessionId.LENGTH - name.length()));
    }

    private static StoredSession session(long created, SessionData data) {
        Clock clock = Clock.fixed(Instant.ofEpochMilli(created), ZoneOffset.UTC);
        MemorySessionStore store = new MemorySessionStore(1, clock, SessionLimits.NONE);
        SessionToken token = SessionToken.generate(new SecureRandom());
        store.create(token.id(), new NewSession(token.hash(), data, new Expiry(Duration.ofDays(1), null, null)));
        return store.load(token.id()).toCompletableFuture().join();
    }
}
