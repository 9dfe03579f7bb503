package io.quarkiverse.imsession.runtime.postgresql.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.netty.channel.ChannelHandlerContext;
import io.quarkiverse.imsession.SessionStoreException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;

/**
 * One call: it leases a connection, runs statements, and gives the connection back. The caller gets its answer by the deadline,
 * whatever happens to the connection. A lease that comes later runs nothing, so that late work does not pile up.
 * <p>
 * This is the only class that knows the internals of the client: a connection that no longer answers has to be closed without
 * asking the server, else it would occupy its place in the pool until TCP gives up.
 */
final class PgCall {

    /** How long a cancelled statement may take to end, in milliseconds. */
    private static final long PATIENCE_MILLIS = 500;
    private static final int MOST_UNPREPARED = 3;
    /**
     * Of several hosts, each may be away or a standby. The client takes one after the other, for all calls together, so that
     * each attempt leads half of the calls to the other one of two.
     */
    private static final int MOST_HOSTS = 8;
    private static final int MOST_DEAD = 100;

    private final Vertx vertx;
    private final Pool pool;
    private final HostSearch search;
    private final List<Sql> statements;
    private final boolean repeatable;
    private final Deadline deadline;
    private final BiConsumer<@Nullable List<RowSet<Row>>, @Nullable Throwable> answer;
    private final Function<Boolean, SessionStoreException> late;
    private final Runnable retried;
    private final AtomicBoolean answered = new AtomicBoolean();
    /** The connection that runs the statements; null if none does, or they have been cancelled. */
    private final AtomicReference<@Nullable SqlConnection> running = new AtomicReference<>();
    private volatile boolean isCancelledOver;
    private long timer = -1;
    private int attempt = 1;
    /** How often no connection could be made, or one to a server that is of no use. */
    private int uselessHosts;

    /**
     * @param statements one statement, or more that are one transaction
     * @param repeatable whether the statement may be run again if the connection is lost; the second column of its rows tells
     *        whether the server is a standby
     * @param answer gets the rows of each statement, or a failure
     * @param late makes the failure for the end of the deadline; gets whether there was a connection
     * @param retried called each time the statements are sent again
     */
    PgCall(Vertx vertx, Pool pool, HostSearch search, List<Sql> statements, boolean repeatable, Deadline deadline,
            BiConsumer<@Nullable List<RowSet<Row>>, @Nullable Throwable> answer,
            Function<Boolean, SessionStoreException> late, Runnable retried) {
        this.vertx = vertx;
        this.pool = pool;
        this.search = search;
        this.statements = statements;
        this.repeatable = repeatable;
        this.deadline = deadline;
        this.answer = answer;
        this.late = late;
        this.retried = retried;
    }

    void start() {
        timer = vertx.setTimer(deadline.millis(), id -> expire());
        lease();
    }

    private void lease() {
        pool.getConnection().onComplete(leased -> {
            if (leased.failed()) {
                if (++uselessHosts < MOST_HOSTS && !answered.get()) {
                    leaseSoon();
                } else {
                    answer(null, PgErrors.unreachable(leased.cause()));
                }
            } else if (answered.get()) {
                leased.result().close();
            } else {
                run(leased.result());
            }
        });
    }

    private void run(SqlConnection leased) {
        leased.exceptionHandler(failure -> {
            // The statement fails as well.
        });
        running.set(leased);
        if (answered.get() && running.compareAndSet(leased, null)) {
            leased.close();
            return;
        }
        List<Future<RowSet<Row>>> results = new ArrayList<>(statements.size() + 2);
        boolean isTransaction = statements.size() > 1;
        if (isTransaction) {
            results.add(leased.query("BEGIN ISOLATION LEVEL READ COMMITTED").execute());
        }
        for (Sql sql : statements) {
            results.add(sql.args() == null ? leased.query(sql.text()).execute()
                    : leased.preparedQuery(sql.text()).execute(sql.args()));
        }
        if (isTransaction) {
            results.add(leased.query("COMMIT").execute());
            // After an error, COMMIT undoes everything, and tells of no failure.
            Future.join(results).onComplete(all -> done(leased, results));
        } else {
            results.get(0).onComplete(one -> done(leased, results));
        }
    }

    private void done(SqlConnection leased, List<Future<RowSet<Row>>> results) {
        Throwable failure = null;
        for (Future<RowSet<Row>> one : results) {
            failure = failure == null ? one.cause() : failure;
        }
        if (!running.compareAndSet(leased, null)) {
            isCancelledOver = true;
            giveUp(leased, failure);
            return;
        }
        if (failure == null && repeatable && results.get(0).result().iterator().next().getBoolean(1)) {
            failure = PgErrors.STANDBY;
        }
        if (failure == null) {
            leased.close();
            answer(rows(results), null);
            return;
        }
        PgErrors.Kind kind = PgErrors.kind(failure);
        if (answered.get() || !isRepeated(kind)) {
            if (kind == PgErrors.Kind.UNPREPARED) {
                closeHard(leased);
            }
            leased.close();
            answer(null, failure);
            return;
        }
        retried.run();
        if (kind == PgErrors.Kind.ELSEWHERE || kind == PgErrors.Kind.UNPREPARED) {
            discard(leased, this::leaseSoon);
        } else {
            leased.close();
            // The event loop has to hear of closed connections, else the pool leases them again.
            vertx.setTimer(1, id -> lease());
        }
    }

    /** A request to cancel takes a way of its own. If it comes late, it must not meet the next statement of the connection. */
    private void giveUp(SqlConnection cancelled, @Nullable Throwable failure) {
        if (failure == null || failure instanceof PgException) {
            discard(cancelled, () -> {
            });
        } else {
            // It is closed.
            cancelled.close();
        }
    }

    /** Closes a connection. The pool would lease it again before it is closed, so it gets it back after that. */
    private void discard(SqlConnection leased, Runnable then) {
        leased.closeHandler(closed -> vertx.runOnContext(none -> {
            leased.close();
            then.run();
        }));
        closeHard(leased);
    }

    /** Each time later, as what is away now may be back soon. */
    private void leaseSoon() {
        vertx.setTimer(1L << uselessHosts, id -> {
            if (!answered.get()) {
                lease();
            }
        });
    }

    /** A server that goes down may leave as many dead connections as the pool has, and each is found by a call only. */
    private boolean isRepeated(PgErrors.Kind kind) {
        attempt++;
        return switch (kind) {
            case ANSWER -> false;
            case AGAIN, NOT_SENT -> attempt <= MOST_DEAD;
            case LOST -> repeatable && attempt <= MOST_DEAD;
            case ELSEWHERE -> isSearchedOn();
            case UNPREPARED -> attempt <= MOST_UNPREPARED;
        };
    }

    private boolean isSearchedOn() {
        if (search.isPaused()) {
            return false;
        }
        if (++uselessHosts < MOST_HOSTS) {
            return true;
        }
        search.wasInVain();
        return false;
    }

    private List<RowSet<Row>> rows(List<Future<RowSet<Row>>> results) {
        List<RowSet<Row>> rows = new ArrayList<>(statements.size());
        int first = results.size() > 1 ? 1 : 0;
        for (int i = 0; i < statements.size(); i++) {
            rows.add(results.get(first + i).result());
        }
        return rows;
    }

    private void answer(@Nullable List<RowSet<Row>> rows, @Nullable Throwable failure) {
        if (answered.compareAndSet(false, true)) {
            vertx.cancelTimer(timer);
            answer.accept(rows, failure);
        }
    }

    private void expire() {
        answer(null, this.late.apply(running.get() != null));
        SqlConnection late = running.getAndSet(null);
        if (late != null) {
            ((PgConnection) late).cancelRequest();
            vertx.setTimer(PATIENCE_MILLIS, id -> {
                if (!isCancelledOver) {
                    closeHard(late);
                }
            });
        }
    }

    /**
     * Closes the socket; the client then fails what is under way, and the pool forgets the connection. The codec of the client
     * would let the server end the connection, and wait for that: so the event passes it by.
     */
    static void closeHard(SqlConnection connection) {
        Connection pooled = ((SqlConnectionInternal) connection).unwrap();
        if (pooled.unwrap() instanceof SocketConnectionBase socket) {
            ChannelHandlerContext first = socket.socket().channelHandlerContext().pipeline().firstContext();
            if (first != null) {
                first.close();
            }
        }
    }
}
