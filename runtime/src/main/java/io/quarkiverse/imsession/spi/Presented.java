package io.quarkiverse.imsession.spi;

/**
 * The token that a request came with, and the version of the session that it loaded. A request whose token was valid when it
 * came may finish its work, however long that takes, even if timed renewals replace the token meanwhile. A renewal by the
 * application, for example at a log-in, invalidates it.
 *
 * @param token the hash of the token, which was valid for the session as it was loaded
 * @param version the version of the session as it was loaded
 */
public record Presented(TokenHash token, long version) {

    private static final long NO_VERSION = -1;

    /** A token that is valid only as long as it is the newest token of its session. */
    public static Presented ifNewest(TokenHash token) {
        return new Presented(token, NO_VERSION);
    }
}
