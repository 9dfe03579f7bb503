package io.quarkiverse.imsession.spi;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/** The result of a {@link SessionUpdate}. */
public sealed interface UpdateResult {

    /**
     * The update was stored.
     *
     * @param token the status of the presented token after the update
     * @param now the time of the update, by the store's clock, in whole milliseconds
     * @param expiresAt when the session expires if it is not used again
     * @param session the session as it is stored now, if others had changed it since the basis was loaded; null if nobody had,
     *        so that it is the basis with the update, see {@link AppliedUpdate}
     */
    record Updated(PresentedToken token, Instant now, Instant expiresAt,
            @Nullable StoredSession session) implements UpdateResult {

        /** An update of a session that nobody else had changed. */
        public Updated(PresentedToken token, Instant now, Instant expiresAt) {
            this(token, now, expiresAt, null);
        }
    }

    /**
     * Nothing was stored: a field or an attribute that the update {@link SessionUpdate#expected() expects} has another value
     * now. The caller may compute the update anew.
     *
     * @param session the session as it is stored now
     */
    record Changed(StoredSession session) implements UpdateResult {
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
