package io.quarkiverse.imsession.runtime.devices;

import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.imsession.runtime.session.SessionPolicy;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * When a session was last used, as exactly as it is known. Not each request is stored, so that reading costs no write: a change
 * is, and a use that extends the lifetime.
 *
 * @param after it was used at this time, and maybe later
 * @param before it was not used after this time
 */
record LastUse(Instant after, Instant before) {

    static LastUse of(StoredSession session, SessionPolicy policy) {
        Duration lifetime = policy.lifetime(session);
        // An absolute timeout ends the lifetime sooner, so the last use may be later than this time.
        Instant stored = later(session.tokenTime(), session.expiresAt().minus(lifetime));
        Instant after = earlier(stored, session.now());
        return new LastUse(after, earlier(after.plus(policy.unstoredUse(lifetime)), session.now()));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
