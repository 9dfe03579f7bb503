package io.quarkiverse.imsession.spi;

import java.time.Instant;

/**
 * The result of storing a session for the first time.
 *
 * @param now the time of its creation, by the store's clock, in whole milliseconds
 * @param expiresAt when the session expires if it is not used again
 */
public record Created(Instant now, Instant expiresAt) {
}
