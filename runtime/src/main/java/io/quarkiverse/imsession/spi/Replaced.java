package io.quarkiverse.imsession.spi;

import org.jspecify.annotations.Nullable;

/**
 * What became of storing a session in the place of another one.
 *
 * @param old what became of the other one
 * @param created the session that was stored; null if {@code old} is {@link DestroyResult#SUPERSEDED}: then nothing was changed
 */
public record Replaced(DestroyResult old, @Nullable Created created) {
}
