package io.quarkiverse.imsession.runtime.store;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionStoreException;
import io.vertx.core.Context;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

/**
 * One held connection that belongs to one event loop, and on which commands are pipelined. It connects when it is first needed
 * and
 * again after the connection was lost. All methods and all state are confined to that event loop.
 * <p>
 * Replies come in order, so it is enough to watch the oldest command: if that is too late, the server hangs, and all go down
 * with the
 * connection.
 */
final class RedisLink {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession.redis");
    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final Context context;
    private final Supplier<Redis> clients;
    private final RedisClock clock;
    private final long timeoutNanos;
    private final long tickMillis;

    private final Queue<Call> calls = new ArrayDeque<>();
    private final List<Call> waiting = new ArrayList<>();
    private @Nullable Redis client;
    private @Nullable RedisConnection connection;
    private boolean watching;
    private boolean closed;
    private long pauseMillis;
    private long pauseEndsNanos;
    private @Nullable Throwable lastFailure;

    RedisLink(Context context, Supplier<Redis> clients, RedisClock clock, Duration timeout) {
        this.context = context;
        this.clients = clients;
        this.clock = clock;
        this.timeoutNanos = timeout.toNanos();
        this.tickMillis = Math.max(10, Math.min(250, timeout.toMillis() / 8));
    }

    Context context() {
        return context;
    }

    /** Fails with {@link LinkLostException} if the connection was lost before the reply. */
    void send(Request request, CompletableFuture<@Nullable Response> reply) {
        Call call = new Call(request, reply, System.nanoTime() + timeoutNanos);
        if (closed) {
            call.fail(new SessionStoreException("The application stops"));
            return;
        }
        calls.add(call);
        watch();
        if (connection != null) {
            transmit(call, connection);
        } else {
            waiting.add(call);
            connect();
        }
    }

    void close() {
        closed = true;
        disconnect();
    }

    private void transmit(Call call, RedisConnection to) {
        to.send(call.request).onComplete(result -> {
            if (result.succeeded()) {
                call.reply.complete(result.result());
            } else {
                call.fail(RedisErrors.translate(result.cause()));
                if (RedisErrors.isReadOnly(result.cause()) && connection == to) {
                    LOG.warn("Redis became a read-only replica: looking for the primary again");
                    disconnect();
                }
            }
            forgetDone();
        });
    }

    private void connect() {
        if (client != null) {
            return;
        }
        if (lastFailure != null && System.nanoTime() - pauseEndsNanos < 0) {
            failWaiting(lastFailure);
            return;
        }
        Redis connecting;
        try {
            connecting = clients.get();
        } catch (RuntimeException e) {
            connectFailed(e);
            return;
        }
        client = connecting;
        connecting.connect()
                .compose(made -> made.send(Request.cmd(io.vertx.redis.client.Command.TIME)).map(time -> {
                    clock.set(time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000);
                    return made;
                }))
                .onComplete(made -> context.runOnContext(ignored -> {
                    if (client != connecting) {
                        return;
                    }
                    if (made.succeeded()) {
                        connected(connecting, made.result());
                    } else {
                        connectFailed(made.cause());
                    }
                }));
    }

    private void connected(Redis by, RedisConnection made) {
        connection = made;
        pauseMillis = 0;
        lastFailure = null;
        made.endHandler(ignored -> lost(by));
        made.exceptionHandler(failure -> lost(by));
        List<Call> queued = List.copyOf(waiting);
        waiting.clear();
        for (Call call : queued) {
            if (!call.reply.isDone()) {
                transmit(call, made);
            }
        }
    }

    private void connectFailed(Throwable failure) {
        disconnect();
        lastFailure = failure;
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis == 0 ? FIRST_PAUSE_MILLIS : pauseMillis * 2);
        pauseEndsNanos = System.nanoTime() + pauseMillis * 1_000_000;
        failWaiting(failure);
    }

    private void failWaiting(Throwable failure) {
        List<Call> failed = List.copyOf(waiting);
        waiting.clear();
        failed.forEach(
                call -> call.fail(new SessionStoreException("Redis cannot be reached: " + failure.getMessage(), failure)));
        forgetDone();
    }

    private void lost(Redis by) {
        if (client == by) {
            disconnect();
        }
    }

    private void disconnect() {
        Redis old = client;
        client = null;
        connection = null;
        if (old != null) {
            old.close();
        }
        List<Call> open = new ArrayList<>(calls);
        open.removeAll(waiting);
        open.forEach(call -> call.fail(new LinkLostException()));
        forgetDone();
    }

    private void watch() {
        if (!watching) {
            watching = true;
            context.owner().setTimer(tickMillis, ignored -> tick());
        }
    }

    private void tick() {
        watching = false;
        forgetDone();
        Call oldest = calls.peek();
        if (oldest == null) {
            return;
        }
        if (System.nanoTime() - oldest.deadlineNanos >= 0) {
            LOG.warnf("Redis did not answer within %d ms: the connection is given up", timeoutNanos / 1_000_000);
            waiting.clear();
            calls.forEach(call -> call.fail(new SessionStoreException(
                    "Redis did not answer within quarkus.imsession.redis.command-timeout")));
            disconnect();
        }
        if (!calls.isEmpty()) {
            watch();
        }
    }

    private void forgetDone() {
        while (!calls.isEmpty() && calls.peek().reply.isDone()) {
            calls.poll();
        }
    }

    private record Call(Request request, CompletableFuture<@Nullable Response> reply, long deadlineNanos) {

        void fail(Throwable failure) {
            reply.completeExceptionally(failure);
        }
    }

    /** The connection was lost before the reply came: nobody knows whether the command was run. */
    static final class LinkLostException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        LinkLostException() {
            super("The connection to Redis was lost", null, false, false);
        }
    }
}
