/**
 * Internal: what may be in the log, and how much of it. All others may use it; it knows only the API.
 */
@NullMarked
package io.quarkiverse.imsession.runtime.log;

import org.jspecify.annotations.NullMarked;
