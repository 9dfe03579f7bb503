package io.quarkiverse.imsession.runtime.postgresql.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionStoreException;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;

/**
 * The connections of a datasource, for one call after another. Failures are
 * {@link io.quarkiverse.imsession.SessionStoreException}s. No operation takes longer than the time-out of these connections.
 */
public final class PgConnections {

    private final Vertx vertx;
    private final Pool pool;
    private final HostSearch search;
    private final String datasource;
    private final Duration timeout;
    /** What the time-out is, for messages. */
    private final String bound;
    private final Runnable retried;

    /** @param datasource the name of the datasource, for messages */
    public PgConnections(Vertx vertx, Pool pool, String datasource, Duration timeout) {
        this(vertx, pool, datasource, timeout, () -> {
        });
    }

    /**
     * @param datasource the name of the datasource, for messages
     * @param retried called each time the statements of a call are sent again; must not block
     */
    public PgConnections(Vertx vertx, Pool pool, String datasource, Duration timeout, Runnable retried) {
        this(vertx, pool, new HostSearch(), datasource, timeout,
                "quarkus.imsession.postgresql.command-timeout (" + timeout + ')', retried);
    }

    private PgConnections(Vertx vertx, Pool pool, HostSearch search, String datasource, Duration timeout, String bound,
            Runnable retried) {
        this.vertx = vertx;
        this.pool = pool;
        this.search = search;
        this.datasource = datasource;
        this.timeout = timeout;
        this.bound = bound;
        this.retried = retried;
    }

    /** These connections, for operations that no request waits for: each may take so long, or the command time-out. */
    public PgConnections patient(Duration longer) {
        return longer.compareTo(timeout) <= 0 ? this
                : new PgConnections(vertx, pool, search, datasource, longer, longer.toSeconds() + " s", retried);
    }

    /** The deadline of an operation that begins now. */
    public Deadline deadline() {
        return Deadline.in(timeout);
    }

    public Duration timeout() {
        return timeout;
    }

    /**
     * Runs a statement that changes nothing. After the connection was lost, it is run once more. What a standby has answered
     * counts for nothing, as it may be behind.
     *
     * @param sql a statement with at least one row, whose second column tells whether the server is a standby
     */
    public <T> CompletionStage<T> read(Sql sql, Deadline deadline, Function<RowSet<Row>, T> read) {
        return call(List.of(sql), 0, true, deadline, read);
    }

    /** Runs a statement. After the connection was lost, it is not known whether it has changed anything. */
    public <T> CompletionStage<T> change(Sql sql, Deadline deadline, Function<RowSet<Row>, T> read) {
        return call(List.of(sql), 0, false, deadline, read);
    }

    /**
     * Runs statements as one transaction, in one round trip. If one of them fails, nothing is changed.
     *
     * @param read makes the result of the rows of the last statement
     */
    public <T> CompletionStage<T> transaction(List<Sql> statements, Deadline deadline, Function<RowSet<Row>, T> read) {
        return call(statements, statements.size() - 1, false, deadline, read);
    }

    /** Runs statements that are divided by semicolons, as one transaction. */
    public CompletionStage<@Nullable Void> script(String statements, Deadline deadline) {
        return call(List.of(new Sql(statements, null)), 0, false, deadline, rows -> null);
    }

    private <T extends @Nullable Object> CompletionStage<T> call(List<Sql> statements, int wanted, boolean repeatable,
            Deadline deadline,
            Function<RowSet<Row>, T> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        new PgCall(vertx, pool, search, statements, repeatable, deadline, (rows, failure) -> {
            try {
                if (failure == null) {
                    result.complete(read.apply(rows.get(wanted)));
                } else {
                    result.completeExceptionally(PgErrors.asStoreException(failure));
                }
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        }, this::late, retried).start();
        return result;
    }

    private SessionStoreException late(boolean hadConnection) {
        return new SessionStoreException(hadConnection
                ? "PostgreSQL did not answer within " + bound
                : "No connection of the datasource " + datasource + " was free within " + bound
                        + ", or PostgreSQL cannot be reached."
                        + " Raise quarkus.datasource.reactive.max-size, or give sessions a datasource of their own");
    }
}
