package io.quarkiverse.imsession.benchmarks;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;

/**
 * One connection for each event loop, made when it is first needed. A client of its own for each, as a client binds its
 * connections to the event loop that made it. It does not connect again: no application should be written like this.
 */
final class HeldConnections {

    private final Vertx vertx;
    private final String uri;
    private final ThreadLocal<Future<RedisConnection>> held = new ThreadLocal<>();

    HeldConnections(Vertx vertx, String uri) {
        this.vertx = vertx;
        this.uri = uri;
    }

    /** To be called on an event loop. */
    void use(Handler<RedisConnection> work, Handler<Throwable> failed) {
        Future<RedisConnection> connection = held.get();
        if (connection == null) {
            connection = Redis.createClient(vertx, uri).connect();
            held.set(connection);
        }
        if (connection.succeeded()) {
            work.handle(connection.result());
        } else {
            connection.onSuccess(work).onFailure(failed);
        }
    }
}
