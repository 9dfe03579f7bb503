package io.quarkiverse.imsession.runtime.store;

import java.time.Duration;
import java.time.Instant;

import com.github.benmanes.caffeine.cache.Expiry;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.StoredSession;

/** Drops each session from the cache at the time that it tells itself, however long storing it took. */
final class EndOfSession implements Expiry<SessionId, StoredSession> {

    /** Nanoseconds since 1970 end in 2262. */
    private static final Instant LATEST = Instant.parse("2262-01-01T00:00:00Z");

    /** A point in time as the cache counts it. */
    static long nanos(Instant instant) {
        return Duration.between(Instant.EPOCH, instant).toNanos();
    }

    @Override
    public long expireAfterCreate(SessionId id, StoredSession session, long now) {
        Instant end = session.expires().isBefore(LATEST) ? session.expires() : LATEST;
        return nanos(end.plus(SessionStore.EXPIRY_SLACK)) - now;
    }

    @Override
    public long expireAfterUpdate(SessionId id, StoredSession session, long now, long left) {
        return expireAfterCreate(id, session, now);
    }

    @Override
    public long expireAfterRead(SessionId id, StoredSession session, long now, long left) {
        return left;
    }
}
