package io.quarkiverse.imsession.spi;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The rules by which a session expires.
 *
 * @param timeout how long a session lives after its last use, unless it has its own timeout
 * @param ownTimeout a new own timeout of the session, to be stored with it; null to keep the stored one, if any
 * @param absolute how long a session lives after its creation at most, however much it is used; null for no limit
 */
public record Expiry(Duration timeout, @Nullable Duration ownTimeout, @Nullable Duration absolute) {

    /**
     * The time when a session expires that is used now.
     *
     * @param storedOwnTimeout the own timeout that is stored with the session, or null
     */
    public Instant expiresAt(Instant created, Instant now, @Nullable Duration storedOwnTimeout) {
        Instant expires = now.plus(timeout(storedOwnTimeout));
        if (absolute != null) {
            Instant end = created.plus(absolute);
            return end.isBefore(expires) ? end : expires;
        }
        return expires;
    }

    /**
     * How long a session lives after its last use.
     *
     * @param storedOwnTimeout the own timeout that is stored with the session, or null
     */
    public Duration timeout(@Nullable Duration storedOwnTimeout) {
        return ownTimeout != null ? ownTimeout : storedOwnTimeout != null ? storedOwnTimeout : timeout;
    }
}
