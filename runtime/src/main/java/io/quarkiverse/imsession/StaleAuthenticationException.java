package io.quarkiverse.imsession;

import java.time.Duration;

import io.quarkus.security.UnauthorizedException;

/**
 * The log-in of the session is too long ago for what was asked for, or there is none, or it is that of another user than the
 * request's identity, which came with credentials of its own: the user is to log in again. Answers 401 with a challenge that
 * says {@code insufficient_user_authentication}, as in RFC 9470, unless the application maps it to something else, as to a page
 * that asks for the password.
 */
public final class StaleAuthenticationException extends UnauthorizedException {

    private static final long serialVersionUID = 1L;

    private final Duration within;

    /** @param within how long ago the log-in may be */
    public StaleAuthenticationException(Duration within) {
        super("The session has no log-in of this user within " + within);
        this.within = within;
    }

    /** How long ago the log-in may be. */
    public Duration within() {
        return within;
    }
}
