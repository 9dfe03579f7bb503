/**
 * Internal: the way of a session through a request. {@code SessionLoader} finds the session of a token,
 * {@code RequestSession} is what the application sees and changes, {@code CommitPlan} decides in a pure function what
 * is to be stored, and {@code SessionCommitter} does it. {@code http} attaches this to Vert.x, {@code store} has the
 * built-in stores.
 */
@NullMarked
package io.quarkiverse.imsession.runtime;

import org.jspecify.annotations.NullMarked;
