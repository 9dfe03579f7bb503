/**
 * Internal: creates and connects all parts when the application starts. Only this package knows all others. Each package knows
 * only those below it: the rooms of frameworks, {@code http}, {@code admin}, {@code session}, {@code redis}, {@code store},
 * {@code config}.
 */
@NullMarked
package io.quarkiverse.imsession.runtime;

import org.jspecify.annotations.NullMarked;
