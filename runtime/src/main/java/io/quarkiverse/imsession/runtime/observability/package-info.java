/**
 * Internal: what operators see of sessions. Each class needs something that an application may not have, and is used only
 * if it does.
 */
@NullMarked
package io.quarkiverse.imsession.runtime.observability;

import org.jspecify.annotations.NullMarked;
