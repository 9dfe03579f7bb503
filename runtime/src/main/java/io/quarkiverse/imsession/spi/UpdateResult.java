package io.quarkiverse.imsession.spi;

import java.time.Instant;

/** The result of a {@link SessionUpdate}. */
public sealed interface UpdateResult {

    /**
     * The update was stored.
     *
     * @param token the status of the presented token after the update
     * @param now the time of the update, by the store's clock
     * @param expiresAt when the session expires if it is not used again
     */
    record Updated(PresentedToken token, Instant now, Instant expiresAt) implements UpdateResult {
    }

    /** Nothing was stored: the session has ended or expired since it was loaded. */
    record Gone() implements UpdateResult {
    }

    /** Nothing was stored: the session still exists, but the presented token is not valid any more. */
    record Superseded() implements UpdateResult {
    }

    /**
     * Nothing was stored: together with the changes that others have stored since the session was loaded, its data would pass a
     * limit.
     *
     * @param size the size that the data would have, in bytes
     * @param fields the number of fields that it would have
     */
    record TooLarge(long size, int fields) implements UpdateResult {
    }

    /** The status of a presented token after an update. */
    enum PresentedToken {
        /** Still the newest one. */
        CURRENT,
        /** Replaced by this update. */
        REPLACED,
        /** Valid, but another request has replaced it. */
        IN_GRACE
    }
}
