package io.quarkiverse.imsession.runtime.store;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.test.MovableClock;

@Tag("further")
class MemoryLimitsTest extends CappedSessionStoreContract {

    private final MovableClock clock = new MovableClock();
    private final MemorySessionStore store = new MemorySessionStore(100_000, clock, new SessionLimits(
            Map.of(REFUSING, new SessionLimit(MAX, false), ENDING, new SessionLimit(MAX, true)), (id, full) -> ended.add(id)));

    /** Counting the sessions of a value among many takes a while: so a gap between counting and storing would show. */
    @BeforeEach
    void storeManyOthers() {
        for (int i = 0; i < 5_000; i++) {
            create(SessionData.of("user_id", i));
        }
    }

    @Override
    protected IndexedSessionStore store() {
        return store;
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        StoredSession stored = await(store.load(id));
        return Duration.between(stored.now(), stored.expiresAt()).plus(SessionStore.EXPIRY_SLACK);
    }

    @Override
    protected void expire(SessionId id) {
        Duration soon = Duration.ofSeconds(1);
        update(id, null, Map.of(), Set.of(), TokenChange.KEEP, expiry(soon, soon, null));
        clock.move(soon.plus(SessionStore.EXPIRY_SLACK).plusMillis(1));
    }
}
