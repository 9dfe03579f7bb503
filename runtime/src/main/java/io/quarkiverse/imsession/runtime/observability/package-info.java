/**
 * Internal: metrics, health, traces and log context. Each class needs an extension that an application may not have, and is
 * used only if it has.
 */
@NullMarked
package io.quarkiverse.imsession.runtime.observability;

import org.jspecify.annotations.NullMarked;
