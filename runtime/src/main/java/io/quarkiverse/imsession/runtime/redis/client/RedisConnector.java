package io.quarkiverse.imsession.runtime.redis.client;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.vertx.core.Context;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.impl.RedisClusterClient;

/**
 * Makes connections, one at a time, and pauses after a failure. All methods and all state are confined to one event loop and
 * one context, as the client binds a connection to the current context.
 */
final class RedisConnector {

    private static final LimitedLog REPLICA = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession.redis"), Level.WARN);
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final Context context;
    private final Supplier<Redis> clients;
    private final RedisClock clock;
    private final long timeoutNanos;
    private final Consumer<Connected> connected;
    private final Consumer<Throwable> failed;

    private @Nullable Redis connecting;
    private long connectingSinceNanos;
    private long pauseMillis;
    private long pauseEndsNanos;
    private @Nullable Throwable lastFailure;
    private @Nullable Long soughtPrimaryNanos;

    /**
     * @param connected gets each new connection
     * @param failed gets each failure, also during the pause after one
     */
    RedisConnector(Context context, Supplier<Redis> clients, RedisClock clock, Duration timeout, Consumer<Connected> connected,
            Consumer<Throwable> failed) {
        this.context = context;
        this.clients = clients;
        this.clock = clock;
        this.timeoutNanos = timeout.toNanos();
        this.connected = connected;
        this.failed = failed;
    }

    /** Begins to connect, unless an attempt is in progress. */
    void connect() {
        if (connecting != null) {
            return;
        }
        if (lastFailure != null && System.nanoTime() - pauseEndsNanos < 0) {
            failed.accept(lastFailure);
            return;
        }
        Redis client;
        try {
            client = clients.get();
        } catch (RuntimeException e) {
            failed(e);
            return;
        }
        connecting = client;
        connectingSinceNanos = System.nanoTime();
        client.connect()
                .compose(made -> made.send(Request.cmd(Command.TIME)).map(time -> {
                    clock.set(time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000);
                    return made;
                }))
                .onComplete(made -> context.runOnContext(ignored -> {
                    if (connecting != client) {
                        return;
                    }
                    if (made.succeeded()) {
                        connecting = null;
                        pauseMillis = 0;
                        lastFailure = null;
                        FlushConsolidation.install(made.result());
                        connected.accept(new Connected(client, made.result()));
                    } else {
                        cancel();
                        failed(made.cause());
                    }
                }));
    }

    /** Gives up an attempt to connect that takes too long: a server that hangs accepts connections, but never answers. */
    void giveUpIfLate() {
        if (connecting != null && System.nanoTime() - connectingSinceNanos >= timeoutNanos) {
            cancel();
            failed(new SessionStoreException("no answer within quarkus.imsession.redis.command-timeout"));
        }
    }

    /**
     * Begins to connect although there is a connection, as that leads to a replica. Does so only periodically, as there may be
     * no other primary for a long time.
     */
    void connectToPrimary() {
        giveUpIfLate();
        long now = System.nanoTime();
        if (connecting == null
                && (soughtPrimaryNanos == null || now - soughtPrimaryNanos >= LONGEST_PAUSE_MILLIS * 1_000_000)) {
            REPLICA.log("Redis became a read-only replica: looking for the primary again");
            soughtPrimaryNanos = now;
            connect();
        }
    }

    void cancel() {
        if (connecting != null) {
            connecting.close();
            connecting = null;
        }
    }

    private void failed(Throwable failure) {
        lastFailure = failure;
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis == 0 ? FIRST_PAUSE_MILLIS : pauseMillis * 2);
        pauseEndsNanos = System.nanoTime() + pauseMillis * 1_000_000;
        failed.accept(failure);
    }

    /** A connection, and the client that made it. */
    record Connected(Redis client, RedisConnection connection) {

        /** Whether this is a connection to each node of a cluster. */
        boolean isCluster() {
            return client instanceof RedisClusterClient;
        }
    }
}
