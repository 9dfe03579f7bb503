package io.quarkiverse.imsession.runtime.redis.client;

import java.lang.reflect.Field;

import org.jboss.logging.Logger;

import io.netty.handler.flush.FlushConsolidationHandler;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.vertx.core.net.impl.NetSocketInternal;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.impl.PooledRedisConnection;
import io.vertx.redis.client.impl.RedisStandaloneConnection;

/**
 * Sends the commands of one turn of an event loop with one write to the socket, which costs more CPU than all else about a
 * command. A lone command is written when its turn ends, so none waits for another one.
 * <p>
 * The Redis client has no setting for that, and its socket is private, so it is read by reflection. Where that is impossible,
 * commands work too, but take more CPU: on connections to a cluster, and on those that follow a Sentinel.
 */
final class FlushConsolidation {

    /** Registered for reflection in native images, too. */
    private static final String SOCKET = "netSocket";
    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession.redis");

    private FlushConsolidation() {
    }

    /** Call on the event loop of the connection. */
    static void install(RedisConnection connection) {
        if (connection instanceof PooledRedisConnection pooled
                && pooled.actual() instanceof RedisStandaloneConnection standalone) {
            try {
                Field field = RedisStandaloneConnection.class.getDeclaredField(SOCKET);
                field.setAccessible(true);
                NetSocketInternal socket = (NetSocketInternal) field.get(standalone);
                socket.channelHandlerContext().pipeline().addFirst(new FlushConsolidationHandler(
                        FlushConsolidationHandler.DEFAULT_EXPLICIT_FLUSH_AFTER_FLUSHES, true));
            } catch (ReflectiveOperationException | RuntimeException e) {
                LOG.debugf("Commands to Redis are written one by one, as this Redis client is another one than expected: %s",
                        Failures.describe(e));
            }
        }
    }
}
