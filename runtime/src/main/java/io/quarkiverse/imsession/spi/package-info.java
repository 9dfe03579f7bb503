/**
 * What an application implements to keep sessions elsewhere ({@link io.quarkiverse.imsession.spi.SessionStore}) or to carry the
 * token differently ({@link io.quarkiverse.imsession.spi.SessionIdResolver}): a CDI bean of either type replaces the built-in
 * one.
 * <p>
 * The records are what they exchange. A client holds a {@link io.quarkiverse.imsession.spi.SessionToken}; a store sees only its
 * {@link io.quarkiverse.imsession.spi.TokenHash}, in the {@link io.quarkiverse.imsession.spi.TokenState} of a
 * {@link io.quarkiverse.imsession.spi.StoredSession}.
 */
@NullMarked
package io.quarkiverse.imsession.spi;

import org.jspecify.annotations.NullMarked;
