package io.quarkiverse.imsession.spi;

import java.time.Duration;

/** What an update does to the token of a session. */
public sealed interface TokenChange {

    /** Nothing. */
    TokenChange KEEP = new Keep();

    /** Leaves the token as it is. */
    record Keep() implements TokenChange {
    }

    /**
     * Replaces the token at once: no other is valid afterwards.
     *
     * @param next the hash of the new token
     */
    record Renew(TokenHash next) implements TokenChange {
    }

    /**
     * Replaces the token if its time has come, and keeps the old one valid for a while. It applies if the presented token
     * is the current one and less than {@code whenLeft} of the lifetime is left, or if it is
     * {@link TokenState.Check#SUCCESSOR_LOST}. So of many parallel requests one renews, and the others change nothing.
     *
     * @param next the hash of the new token
     * @param grace how long the presented token stays valid
     * @param whenLeft the remaining lifetime below which it applies
     */
    record Rotate(TokenHash next, Duration grace, Duration whenLeft) implements TokenChange {
    }
}
