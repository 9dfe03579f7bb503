package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.imsession.spi.StoredSession;

/**
 * The time when the user of a session was last authenticated: at a log-in, or when the application renewed the session. Both
 * give the session a new token, so the attribute only says that this is the time of the token, which needs no clock. A timed
 * renewal does not authenticate the user: it stores the time itself before it replaces the token.
 */
public final class AuthenticationTime {

    /** Says that the time is that of the current token. */
    static final String OF_TOKEN = "token";

    /** Says that a user is logged in, but that the time of the log-in is not known. */
    static final String UNKNOWN = "unknown";

    private AuthenticationTime() {
    }

    /** The time of a stored session; empty if no user has logged in and the application has not renewed the session. */
    public static Optional<Instant> of(StoredSession stored) {
        String kept = stored.attributes().get(Attributes.AUTHENTICATED);
        if (kept == null) {
            return Optional.empty();
        }
        return kept.equals(OF_TOKEN) ? Optional.of(stored.tokenTime()) : parse(kept);
    }

    /** The time as the application sees it; also empty if the session is not stored yet, or its user was logged out. */
    static Optional<Instant> of(SessionState state) {
        if (!state.isLoaded() || !isAuthenticated(state)) {
            return Optional.empty();
        }
        StoredSession stored = state.loaded().stored();
        String kept = state.attribute(Attributes.AUTHENTICATED);
        return !OF_TOKEN.equals(kept) ? parse(kept)
                : Optional.of(state.renewedToken() != null ? stored.now() : stored.tokenTime());
    }

    static boolean isFresh(SessionState state, Duration within) {
        if (!state.isLoaded()) {
            return state.exists() && OF_TOKEN.equals(state.attribute(Attributes.AUTHENTICATED)) && isAuthenticated(state);
        }
        Instant now = state.loaded().stored().now();
        return of(state).filter(time -> Duration.between(time, now).compareTo(within) <= 0).isPresent();
    }

    /** The text to store. */
    static String encode(Instant time) {
        return Long.toString(time.toEpochMilli());
    }

    private static boolean isAuthenticated(SessionState state) {
        return state.attribute(Attributes.AUTHENTICATED) != null && !Acting.isIn(state)
                && (state.renewedToken() != null || !Login.isOver(state));
    }

    /** The time of a stored text; empty if the text is damaged, so that the user has to log in again. */
    private static Optional<Instant> parse(String millis) {
        try {
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(millis)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
