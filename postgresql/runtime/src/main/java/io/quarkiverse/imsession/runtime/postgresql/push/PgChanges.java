package io.quarkiverse.imsession.runtime.postgresql.push;

import java.time.Duration;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.postgresql.client.PgListener;
import io.quarkiverse.imsession.spi.SessionChanges.Listener;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;

/**
 * Tells which sessions change in PostgreSQL. The statements that change them tell it on a channel, together with their commit,
 * and PostgreSQL tells it to all in the order of the commits. So when a ping of this connection comes back, all has been told
 * that was committed before the ping was sent.
 */
public final class PgChanges {

    private static final LimitedLog TOLD = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.INFO);
    private static final LimitedLog LOST = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.WARN);
    /** How many signs of life are asked for in the time that the server may be silent. */
    private static final int SIGNS = 4;
    /** A server that does not even answer to LISTEN by then will not. */
    private static final Duration LONGEST_LISTEN = Duration.ofSeconds(5);
    private static final long SHORTEST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1000;

    private final Vertx vertx;
    private final Pool pool;
    private final String channel;
    private final Duration maxSilence;
    private final Listener listener;
    /** All state is confined to this context. It is not that of a request, which ends. */
    private final Context context;
    private @Nullable PgListener connection;
    private boolean isConnecting;
    private boolean isTold;
    private boolean isClosed;
    private long heardNanos;
    private long pauseMillis = SHORTEST_PAUSE_MILLIS;
    private int connections;

    public PgChanges(Vertx vertx, Pool pool, String channel, Duration maxSilence, Listener listener) {
        this.vertx = vertx;
        this.pool = pool;
        this.channel = channel;
        this.maxSilence = maxSilence;
        this.listener = listener;
        this.context = VertxContext.getRootContext(vertx.getOrCreateContext());
    }

    public void start() {
        context.runOnContext(none -> {
            connect();
            vertx.setPeriodic(Math.max(1, maxSilence.toMillis() / SIGNS), timer -> {
                if (isClosed) {
                    vertx.cancelTimer(timer);
                } else {
                    look();
                }
            });
        });
    }

    public void close() {
        context.runOnContext(none -> {
            isClosed = true;
            if (connection != null) {
                connection.close();
            }
        });
    }

    private void connect() {
        if (isClosed || isConnecting) {
            return;
        }
        isConnecting = true;
        int number = ++connections;
        PgListener.listen(vertx, pool, channel, LONGEST_LISTEN, (from, text) -> on(() -> notified(number, from, text)),
                () -> on(() -> closed(number)))
                .whenComplete((listening, failure) -> on(() -> connected(number, listening, failure)));
    }

    /** Runs in the context, in the order of the calls. */
    private void on(Runnable task) {
        context.runOnContext(none -> task.run());
    }

    private void connected(int number, @Nullable PgListener listening, @Nullable Throwable failure) {
        isConnecting = false;
        if (listening == null) {
            LOST.log("PostgreSQL cannot be asked to tell which sessions change: %s", Failures.unwrap(failure));
            connectLater();
        } else if (isClosed || number != connections) {
            listening.close();
        } else {
            connection = listening;
            heardNanos = System.nanoTime();
            ping();
        }
    }

    private void connectLater() {
        vertx.setTimer(pauseMillis, id -> connect());
        pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
    }

    private void look() {
        if (connection == null) {
            return;
        }
        if (System.nanoTime() - heardNanos > maxSilence.toNanos()) {
            connection.close();
        } else {
            ping();
        }
    }

    private void ping() {
        connection.ping(Long.toString(System.nanoTime()));
    }

    private void notified(int number, String from, String text) {
        PgListener heard = connection;
        if (number != connections || heard == null && !isConnecting) {
            return;
        }
        if (heard != null && heard.isOwn(from)) {
            alive(text);
        } else if (from.equals(channel)) {
            changed(text);
        }
    }

    private void alive(String text) {
        heardNanos = System.nanoTime();
        pauseMillis = SHORTEST_PAUSE_MILLIS;
        if (!isTold) {
            isTold = true;
            TOLD.log("PostgreSQL tells which sessions change, so the near cache keeps sessions from now on");
            listener.listening();
        }
        listener.alive(Long.parseLong(text));
    }

    /** Anybody who may use the database can tell anything. */
    private void changed(String text) {
        int space = text.indexOf(' ');
        try {
            SessionId id = new SessionId(text.substring(0, Math.max(0, space)));
            listener.changed(id, Long.parseLong(text.substring(space + 1)));
        } catch (IllegalArgumentException e) {
            listener.allChanged();
        }
    }

    private void closed(int number) {
        if (number != connections) {
            return;
        }
        connections++;
        boolean wasListening = connection != null;
        connection = null;
        if (isTold) {
            isTold = false;
            if (!isClosed) {
                LOST.log("PostgreSQL does not tell which sessions change, so the near cache is empty until it does again");
            }
            listener.lost();
        }
        if (wasListening && !isClosed) {
            connectLater();
        }
    }
}
