/** Internal: the implementation of {@code ImSessions} and {@code ReactiveImSessions}. */
@NullMarked
package io.quarkiverse.imsession.runtime.admin;

import org.jspecify.annotations.NullMarked;
