/**
 * The contracts for extending this extension: an application implements {@link io.quarkiverse.imsession.spi.SessionStore} to
 * keep sessions in another store, and {@link io.quarkiverse.imsession.spi.SessionIdResolver} to carry the token in another way.
 * A CDI bean of either type replaces the built-in one.
 * <p>
 * The records are the arguments and results of these contracts. A client holds a
 * {@link io.quarkiverse.imsession.spi.SessionToken}; a store sees only its {@link io.quarkiverse.imsession.spi.TokenHash}, in
 * the {@link io.quarkiverse.imsession.spi.TokenState} of a {@link io.quarkiverse.imsession.spi.StoredSession}.
 * <p>
 * A store returns {@link java.util.concurrent.CompletionStage}s, and not {@code Uni}s as the API for applications does. A stage
 * is eager: the work has begun when the method returns, and runs exactly once, no matter how often the stage is used. The
 * extension relies on this: it sends the commands of parallel requests in one turn of the event loop, it ends sessions without
 * waiting for the result, and it cannot store a session twice by subscribing twice. A stage also costs less for each request.
 * Authors of stores need not create stages themselves: {@link io.quarkiverse.imsession.spi.BlockingSessionStore} is for clients
 * that block, and {@link io.quarkiverse.imsession.spi.UniSessionStore} for those that return a {@code Uni}.
 */
@NullMarked
package io.quarkiverse.imsession.spi;

import org.jspecify.annotations.NullMarked;
