/**
 * Internal: the way of a session through a request. {@code SessionLoader} loads the session of a token, the application reads
 * and changes it as {@code RequestSession}, {@code CommitPlan} decides in a pure function which change to store, and {@code
 * SessionCommitter} stores it.
 */
@NullMarked
package io.quarkiverse.imsession.runtime.session;

import org.jspecify.annotations.NullMarked;
