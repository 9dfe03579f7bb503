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
     * Replaces the token at once: no other is valid afterwards. For a while the store still knows the tokens that it replaced:
     * see {@link TokenState.Check#REPLACED}.
     *
     * @param next the hash of the new token
     * @param grace how long the replaced tokens are known
     */
    record Renew(TokenHash next, Duration grace) implements TokenChange {
    }

    /**
     * Replaces the token if its time has come, and keeps the old one valid for a while. It applies if the presented token
     * is the current one and at least {@code age} old, or if it is {@link TokenState.Check#SUCCESSOR_LOST}. So of many
     * parallel requests one renews, and the others keep the token.
     *
     * @param next the hash of the new token
     * @param grace how long the presented token stays valid
     * @param age the age of the current token from which on it applies
     */
    record Rotate(TokenHash next, Duration grace, Duration age) implements TokenChange {
    }
}
