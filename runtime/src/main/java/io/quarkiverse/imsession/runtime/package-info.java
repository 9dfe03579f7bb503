/**
 * Internal: puts the parts together when the application starts. This is the only room that knows all others. Each room knows
 * only those below it: the rooms of frameworks, {@code http}, {@code admin}, {@code session}, {@code redis}, {@code store},
 * {@code config}.
 */
@NullMarked
package io.quarkiverse.imsession.runtime;

import org.jspecify.annotations.NullMarked;
