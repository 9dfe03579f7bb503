package io.quarkiverse.imsession.spi;

import java.time.Instant;

/**
 * A session was stored for the first time.
 *
 * @param now the time of its creation, by the store's clock
 * @param expiresAt when it ends if it is not used again
 */
public record Created(Instant now, Instant expiresAt) {
}
