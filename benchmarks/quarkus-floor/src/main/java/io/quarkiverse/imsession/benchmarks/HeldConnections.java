package io.quarkiverse.imsession.benchmarks;

import java.lang.reflect.Field;

import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.net.impl.NetSocketInternal;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.impl.PooledRedisConnection;
import io.vertx.redis.client.impl.RedisStandaloneConnection;

/**
 * One connection for each event loop, made when it is first needed. A client of its own for each, as a client binds its
 * connections to the event loop that made it. The commands of one turn of the event loop are sent with one write, as by the
 * extension. It does not connect again: no application should be written like this.
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
            connection = Redis.createClient(vertx, uri).connect().map(HeldConnections::consolidated);
            held.set(connection);
        }
        if (connection.succeeded()) {
            work.handle(connection.result());
        } else {
            connection.onSuccess(work).onFailure(failed);
        }
    }

    /** A floor that cannot do this is no floor, so it fails. */
    private static RedisConnection consolidated(RedisConnection connection) {
        try {
            Field field = RedisStandaloneConnection.class.getDeclaredField("netSocket");
            field.setAccessible(true);
            NetSocketInternal socket = (NetSocketInternal) field.get(((PooledRedisConnection) connection).actual());
            socket.channelHandlerContext().pipeline().addFirst(new FlushConsolidationHandler(
                    FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
            return connection;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This Redis client is another one than expected", e);
        }
    }
}
