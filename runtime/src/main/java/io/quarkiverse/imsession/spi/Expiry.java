package io.quarkiverse.imsession.spi;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The rules by which a session expires.
 *
 * @param timeout how long it lives after its last use, unless it has a lifetime of its own
 * @param ownTimeout a lifetime of its own, to be kept from now on; null to leave what it has
 * @param absolute how long it lives after its creation at the most, whatever happens; null for no limit
 */
public record Expiry(Duration timeout, @Nullable Duration ownTimeout, @Nullable Duration absolute) {

    /**
     * When a session that is used now ends.
     *
     * @param storedOwnTimeout the lifetime of its own that is stored, or null
     */
    public Instant expires(Instant created, Instant now, @Nullable Duration storedOwnTimeout) {
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
     * @param storedOwnTimeout the lifetime of its own that is stored, or null
     */
    public Duration timeout(@Nullable Duration storedOwnTimeout) {
        return ownTimeout != null ? ownTimeout : storedOwnTimeout != null ? storedOwnTimeout : timeout;
    }
}
