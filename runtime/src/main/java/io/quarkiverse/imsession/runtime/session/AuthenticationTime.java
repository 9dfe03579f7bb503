package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.imsession.spi.StoredSession;

/**
 * The time at which the application last asked for a new token of a session: that of its last renewal, or of its creation. So a
 * log-in needs no write of its own. A timed renewal, which is no log-in, keeps the time from before.
 */
final class AuthenticationTime {

    private AuthenticationTime() {
    }

    static Instant of(StoredSession stored) {
        String kept = stored.attributes().get(Attributes.AUTHENTICATED);
        if (kept != null) {
            return parse(kept, stored.created());
        }
        Instant renewed = stored.renewed();
        return renewed == null ? stored.created() : renewed;
    }

    /** As it is kept in the session. */
    static String encode(StoredSession stored) {
        return Long.toString(of(stored).toEpochMilli());
    }

    /** As the application sees it: empty if there is no stored session. */
    static Optional<Instant> of(SessionState state) {
        return Optional.ofNullable(state.stored())
                .map(stored -> state.renewedToken() != null ? stored.now() : of(stored));
    }

    static boolean isFresh(SessionState state, Duration within) {
        StoredSession stored = state.stored();
        return stored == null ? state.exists()
                : of(state).filter(time -> Duration.between(time, stored.now()).compareTo(within) <= 0).isPresent();
    }

    /** A damaged time counts as long ago: then the user has to log in once too often. */
    private static Instant parse(String millis, Instant otherwise) {
        try {
            return Instant.ofEpochMilli(Long.parseLong(millis));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
