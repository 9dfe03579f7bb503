package io.quarkiverse.imsession.spi;

import java.time.Instant;

/** What became of a {@link SessionUpdate}. */
public sealed interface UpdateResult {

    /**
     * It was stored.
     *
     * @param token what the presented token is now
     * @param now the time of the update, by the store's clock
     * @param expiresAt when the session ends if it is not used again
     */
    record Updated(PresentedToken token, Instant now, Instant expiresAt) implements UpdateResult {
    }

    /** Nothing was stored: the session has ended or expired since it was loaded. */
    record Gone() implements UpdateResult {
    }

    /** Nothing was stored: the session lives on, but the presented token is valid no more. */
    record Superseded() implements UpdateResult {
    }

    /**
     * Nothing was stored: together with what others have stored since the session was loaded, its data would pass a limit.
     *
     * @param size the size that the data would have, in bytes
     * @param fields the number of fields that it would have
     */
    record TooLarge(long size, int fields) implements UpdateResult {
    }

    /** What a presented token is after an update. */
    enum PresentedToken {
        /** Still the newest one. */
        CURRENT,
        /** Replaced by this update. */
        REPLACED,
        /** Valid, but another request has replaced it. */
        IN_GRACE
    }
}
