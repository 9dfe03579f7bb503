/**
 * Internal: the way of a session through a request. {@code SessionLoader} finds the session of a token, {@code RequestSession}
 * is what the application sees and changes, {@code CommitPlan} decides in a pure function what is to be stored, and
 * {@code SessionCommitter} stores it.
 */
@NullMarked
package io.quarkiverse.imsession.runtime.session;

import org.jspecify.annotations.NullMarked;
