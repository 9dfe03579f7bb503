package io.quarkiverse.imsession.runtime.store;

import java.time.Instant;

import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.StoredSession;

/** How long sessions are kept. */
public final class Lifetime {

    private Lifetime() {
    }

    /** Whether a session has expired, and is not kept any longer. */
    public static boolean isOver(StoredSession session, Instant now) {
        return !session.expiresAt().plus(SessionStore.EXPIRY_SLACK).isAfter(now);
    }
}
