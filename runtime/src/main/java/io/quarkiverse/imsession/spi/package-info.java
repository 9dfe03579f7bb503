/**
 * What an application implements to keep sessions elsewhere ({@link io.quarkiverse.imsession.spi.SessionStore}) or to carry the
 * token differently ({@link io.quarkiverse.imsession.spi.SessionIdResolver}): a CDI bean of either type replaces the built-in
 * one.
 * <p>
 * The records are what they exchange. A client holds a {@link io.quarkiverse.imsession.spi.SessionToken}; a store sees only its
 * {@link io.quarkiverse.imsession.spi.TokenHash}, in the {@link io.quarkiverse.imsession.spi.TokenState} of a
 * {@link io.quarkiverse.imsession.spi.StoredSession}.
 * <p>
 * A store returns {@link java.util.concurrent.CompletionStage}s, and not {@code Uni}s as the API for applications does. A stage
 * is eager: the work has begun when the method returns, and whoever looks at the stage later, or twice, or not at all, does not
 * change that. The extension relies on it: it sends the commands of parallel requests in one turn of the event loop, ends
 * sessions without waiting for the answer, and never stores twice because somebody subscribed twice. It also costs less on the
 * way of each request. Authors of stores need not write stages themselves:
 * {@link io.quarkiverse.imsession.spi.BlockingSessionStore} is for clients that block, and
 * {@link io.quarkiverse.imsession.spi.UniSessionStore} for those that return a {@code Uni}.
 */
@NullMarked
package io.quarkiverse.imsession.spi;

import org.jspecify.annotations.NullMarked;
