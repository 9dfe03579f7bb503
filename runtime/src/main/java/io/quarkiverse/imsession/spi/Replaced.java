package io.quarkiverse.imsession.spi;

import org.jspecify.annotations.Nullable;

/**
 * The result of replacing a session by another one.
 *
 * @param old the result of ending the old session
 * @param created the result of storing the new session; null if {@code old} is {@link DestroyResult#SUPERSEDED}, in which case
 *        nothing was changed
 */
public record Replaced(DestroyResult old, @Nullable Created created) {
}
