package io.quarkiverse.imsession;

import java.time.Duration;

import io.quarkus.security.UnauthorizedException;

/**
 * The user has to log in again: the log-in of the session is too long ago, there is none, or it belongs to another user than
 * the request's identity. The request is answered with 401 and the challenge {@code insufficient_user_authentication} of RFC
 * 9470, unless the application maps this exception to another response, for example to a page that asks for the password.
 */
public final class StaleAuthenticationException extends UnauthorizedException {

    private static final long serialVersionUID = 1L;

    private final Duration within;

    /** @param within the greatest age of the log-in */
    public StaleAuthenticationException(Duration within) {
        super("The session has no log-in of this user within " + within);
        this.within = within;
    }

    /** The greatest age of the log-in. */
    public Duration within() {
        return within;
    }
}
