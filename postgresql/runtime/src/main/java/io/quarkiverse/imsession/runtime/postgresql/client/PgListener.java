package io.quarkiverse.imsession.runtime.postgresql.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;

/** A connection that listens. It is leased from the pool, and never given back. */
public final class PgListener {

    private static final String NOTIFY = "SELECT pg_notify($1, $2)::text";

    private final PgConnection connection;
    private final String own;

    private PgListener(PgConnection connection) {
        this.connection = connection;
        this.own = "imsession:ping:" + connection.processId();
    }

    /**
     * Listens to a channel, and to one that nobody else uses. The stage fails if that is not possible, for example as the
     * server is a standby.
     *
     * @param longest how long a connection may take until it listens
     * @param notified gets the channel and the text of what is told, in the order of the commits
     * @param closed called once, when the connection is closed
     */
    public static CompletionStage<PgListener> listen(Vertx vertx, Pool pool, String channel, Duration longest,
            BiConsumer<String, String> notified, Runnable closed) {
        CompletableFuture<PgListener> listening = new CompletableFuture<>();
        pool.getConnection().onComplete(leased -> {
            if (leased.failed()) {
                listening.completeExceptionally(PgErrors.unreachable(leased.cause()));
                return;
            }
            PgConnection connection = PgConnection.cast(leased.result());
            PgListener listener = new PgListener(connection);
            connection.notificationHandler(told -> {
                if (!listener.isOwn(told.getChannel()) || told.getProcessId() == connection.processId()) {
                    notified.accept(told.getChannel(), told.getPayload());
                }
            });
            connection.exceptionHandler(failure -> {
                // The connection is closed as well.
            });
            connection.closeHandler(none -> closed.run());
            long timer = vertx.setTimer(Math.max(1, longest.toMillis()), id -> listener.close());
            connection.query("LISTEN \"" + channel + "\"; LISTEN \"" + listener.own + '"').execute().onComplete(done -> {
                vertx.cancelTimer(timer);
                if (done.succeeded()) {
                    listening.complete(listener);
                } else {
                    listener.close();
                    listening.completeExceptionally(PgErrors.asStoreException(done.cause()));
                }
            });
        });
        return listening;
    }

    /** Whether a channel is that of the pings of this connection. */
    public boolean isOwn(String channel) {
        return own.equals(channel);
    }

    /** Tells itself a text. When it comes back, all has been told that was committed before. */
    public void ping(String text) {
        connection.preparedQuery(NOTIFY).execute(Tuple.of(own, text));
    }

    /** Closes the connection, without asking the server. */
    public void close() {
        PgCall.closeHard(connection);
    }
}
