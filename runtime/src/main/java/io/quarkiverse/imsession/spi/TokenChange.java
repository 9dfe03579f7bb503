package io.quarkiverse.imsession.spi;

import java.time.Duration;

/** The change that an update makes to the token of a session. */
public sealed interface TokenChange {

    /** Leaves the token as it is. */
    TokenChange KEEP = new Keep();

    /** Leaves the token as it is. */
    record Keep() implements TokenChange {
    }

    /**
     * Replaces the token and invalidates all other tokens at once. For a while the store still knows the replaced tokens, see
     * {@link TokenState.Check#REPLACED}.
     *
     * @param next the hash of the new token
     * @param grace how long the store knows the replaced tokens
     */
    record Renew(TokenHash next, Duration grace) implements TokenChange {
    }

    /**
     * Replaces the token if it is old enough, and keeps the old one valid for a while. It applies if the presented token is the
     * current one and at least {@code age} old, or if it is {@link TokenState.Check#SUCCESSOR_LOST}. So one of many parallel
     * requests replaces the token, and the others keep it.
     *
     * @param next the hash of the new token
     * @param grace how long the presented token stays valid
     * @param age the smallest age at which the current token is replaced
     */
    record Rotate(TokenHash next, Duration grace, Duration age) implements TokenChange {
    }
}
