/**
 * Internal: metrics, health, traces and log context. Classes that need an extension that an application may not have are used
 * only if it has.
 */
@NullMarked
package io.quarkiverse.imsession.runtime.observability;

import org.jspecify.annotations.NullMarked;
