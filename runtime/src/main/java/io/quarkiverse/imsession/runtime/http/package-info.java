/**
 * Internal: the only package that knows the internals of Vert.x HTTP. It wraps requests, and holds responses until the session
 * is stored.
 */
@NullMarked
package io.quarkiverse.imsession.runtime.http;

import org.jspecify.annotations.NullMarked;
