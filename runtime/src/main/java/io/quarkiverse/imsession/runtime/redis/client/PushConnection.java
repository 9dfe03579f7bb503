package io.quarkiverse.imsession.runtime.redis.client;

import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;

/**
 * A connection over which one server tells which keys change. It connects again by itself. All methods and all state are
 * confined to one event loop.
 * <p>
 * The client takes a push that comes in between for the reply to a command, and the reply for a push. So nothing but pings is
 * sent over this connection, one at a time, and any message that is no push is the answer to the last of them. It tells that
 * all changes up to the time of the ping have arrived. A push tells nothing of the kind: it may have been on its way for long.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/client-side-caching/">Client-side caching in Redis</a>
 */
final class PushConnection {

    private static final LimitedLog REFUSED = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession.redis"), Level.WARN);
    /** How long the server may take until it begins to tell changes. */
    private static final long CONNECT_NANOS = 2_000_000_000;
    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 1000;
    private static final long PAUSE_AFTER_REFUSAL_MILLIS = 10_000;

    private final Context context;
    private final Supplier<Redis> clients;
    private final String prefix;
    private final long maxSilenceNanos;
    private final Owner owner;

    private @Nullable Redis client;
    private @Nullable RedisConnection connection;
    private boolean listening;
    private boolean closed;
    private long upToDateNanos;
    private boolean pinged;
    private long pingNanos;
    private long pauseMillis = FIRST_PAUSE_MILLIS;

    /** Gets what happens to connections. */
    interface Owner {

        /** A connection has begun or ceased to listen, or is up to date with a later time. */
        void heard();

        /** A key has changed. */
        void changed(String key);

        /** All keys of a server may have changed. */
        void allChanged();
    }

    /** @param prefix the prefix of the keys that matter */
    PushConnection(Context context, Supplier<Redis> clients, String prefix, long maxSilenceNanos, Owner owner) {
        this.context = context;
        this.clients = clients;
        this.prefix = prefix;
        this.maxSilenceNanos = maxSilenceNanos;
        this.owner = owner;
        connect();
    }

    boolean isListening() {
        return listening;
    }

    /** All changes up to this time were told, by {@link System#nanoTime()}. */
    long upToDateNanos() {
        return upToDateNanos;
    }

    void close() {
        closed = true;
        disconnect();
    }

    /** Begins anew with another connection, for example as the server may no longer be the primary. */
    void restart() {
        disconnect();
        connect();
    }

    /** Asks the server for a sign of life, and gives the connection up if there was none for too long. */
    void ping() {
        if (client == null) {
            return;
        }
        long patience = listening ? 2 * maxSilenceNanos : Math.max(2 * maxSilenceNanos, CONNECT_NANOS);
        if (System.nanoTime() - upToDateNanos > patience) {
            restart();
        } else if (listening && connection != null && !pinged) {
            pinged = true;
            pingNanos = System.nanoTime();
            Redis asked = client;
            connection.send(Request.cmd(Command.PING)).onSuccess(pong -> received(asked, pong));
        }
    }

    private void connect() {
        if (closed || client != null) {
            return;
        }
        Redis made;
        try {
            made = clients.get();
        } catch (RuntimeException e) {
            connectLater(null, pauseMillis);
            return;
        }
        client = made;
        pinged = false;
        upToDateNanos = System.nanoTime();
        made.connect().compose(opened -> {
            if (client != made) {
                return Future.failedFuture("another connection is made");
            }
            connection = opened;
            opened.handler(message -> received(made, message));
            opened.endHandler(none -> lost(made));
            opened.exceptionHandler(failure -> lost(made));
            return opened.send(Request.cmd(Command.HELLO).arg("3"))
                    .compose(hello -> opened.send(Request.cmd(Command.PING)))
                    .compose(pong -> {
                        pingNanos = System.nanoTime();
                        return opened.send(
                                Request.cmd(Command.CLIENT).arg("TRACKING").arg("ON").arg("BCAST").arg("PREFIX").arg(prefix));
                    });
        }).onComplete(tracking -> context.runOnContext(none -> {
            if (client != made) {
                made.close();
            } else if (tracking.succeeded()) {
                pauseMillis = FIRST_PAUSE_MILLIS;
                listening = true;
                upToDateNanos = pingNanos;
                owner.heard();
            } else {
                boolean refused = RedisErrors.isRefusal(tracking.cause());
                if (refused) {
                    REFUSED.log(
                            "quarkus.imsession.near-cache.enabled is true, but Redis does not tell which keys change, so each request"
                                    + " asks Redis: the user of Redis needs the permissions +ping and +client|tracking, and"
                                    + " Redis version 6.2 or later. It is asked again (%s)",
                            RedisErrors.unreachable(tracking.cause()).getMessage());
                }
                connectLater(made, refused ? PAUSE_AFTER_REFUSAL_MILLIS : pauseMillis);
            }
        }));
    }

    private void lost(Redis of) {
        if (client == of) {
            connectLater(of, pauseMillis);
        }
    }

    private void connectLater(@Nullable Redis of, long millis) {
        if (of == client) {
            disconnect();
            pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
            context.owner().setTimer(millis, timer -> context.runOnContext(none -> connect()));
        }
    }

    private void disconnect() {
        Redis old = client;
        client = null;
        connection = null;
        boolean was = listening;
        listening = false;
        if (old != null) {
            old.close();
        }
        if (was) {
            owner.heard();
        }
    }

    private void received(Redis from, @Nullable Response message) {
        if (client != from) {
            return;
        }
        if (message == null || message.type() != ResponseType.PUSH) {
            answered();
        } else if (message.size() == 2 && "invalidate".equals(message.get(0).toString())) {
            Response keys = message.get(1);
            if (keys == null) {
                owner.allChanged();
            } else {
                keys.forEach(key -> owner.changed(key.toString()));
            }
        }
    }

    private void answered() {
        if (pinged) {
            pinged = false;
            upToDateNanos = pingNanos;
            owner.heard();
        }
    }
}
