package io.quarkiverse.imsession.spi;

import java.time.Instant;

/**
 * The token that a request came with, and when it came. A request whose token was valid then may finish its work, however long
 * that
 * takes: a timed renewal by another request does not take its session away. A renewal that the application asked for does.
 *
 * @param token the hash of the token
 * @param at when the request came, by the store's clock: {@link StoredSession#now()} of what was loaded for it
 */
public record Presented(TokenHash token, Instant at) {
}
