package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.quarkiverse.imsession.spi.StoredSession;

/**
 * When the user of a session was last authenticated: at a log-in, or when the application renewed the session. Both give the
 * session a token, so the time is kept as "that of the token", which needs no clock. A timed renewal, which authenticates
 * nobody, writes down the time before it gives the session another token.
 */
public final class AuthenticationTime {

    /** Stands for the time of the token that the session has. */
    static final String OF_TOKEN = "token";

    private AuthenticationTime() {
    }

    /** As a store holds it: empty if nobody has logged in, and the application has not renewed the session. */
    public static Optional<Instant> of(StoredSession stored) {
        String kept = stored.attributes().get(Attributes.AUTHENTICATED);
        if (kept == null) {
            return Optional.empty();
        }
        return kept.equals(OF_TOKEN) ? Optional.of(stored.tokenTime()) : parse(kept);
    }

    /** As the application sees it: empty also if the session is not stored yet, or its user was logged out. */
    static Optional<Instant> of(SessionState state) {
        if (!state.isLoaded() || !isAuthenticated(state)) {
            return Optional.empty();
        }
        StoredSession stored = state.loaded().stored();
        return state.renewedToken() != null ? Optional.of(stored.now()) : of(stored);
    }

    static boolean isFresh(SessionState state, Duration within) {
        if (!state.isLoaded()) {
            return state.exists() && isAuthenticated(state);
        }
        Instant now = state.loaded().stored().now();
        return of(state).filter(time -> Duration.between(time, now).compareTo(within) <= 0).isPresent();
    }

    /** As it is kept in the session. */
    static String encode(Instant time) {
        return Long.toString(time.toEpochMilli());
    }

    private static boolean isAuthenticated(SessionState state) {
        return state.attribute(Attributes.AUTHENTICATED) != null
                && (state.renewedToken() != null || !Login.isLeftBehind(state));
    }

    /** What is damaged tells nothing: then the user is asked once too often. */
    private static Optional<Instant> parse(String millis) {
        try {
            return Optional.of(Instant.ofEpochMilli(Long.parseLong(millis)));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
