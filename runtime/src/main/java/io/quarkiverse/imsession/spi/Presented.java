package io.quarkiverse.imsession.spi;

/**
 * The token that a request came with, and the session as it was then. A request whose token was valid when it came may finish
 * its work, however long that takes and however often the token is renewed by its age meanwhile. A renewal that the application
 * asks for, as at a log-in, takes the session away from it.
 *
 * @param token the hash of the token, which was valid for the session as it was loaded
 * @param version the version of the session as it was loaded
 */
public record Presented(TokenHash token, long version) {

    private static final long NO_VERSION = -1;

    /** A token that counts only as long as it is the newest one of its session. */
    public static Presented ifNewest(TokenHash token) {
        return new Presented(token, NO_VERSION);
    }
}
