package io.quarkiverse.imsession.runtime.postgresql.upkeep;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.client.Sql;
import io.quarkiverse.imsession.runtime.postgresql.session.Statements;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * Removes expired sessions, claims whose time is over, and old entries of journals, now and then, a batch at a time. Instances
 * share the work: each
 * leaves out what another one, or a request, holds at that moment. A session that is still used when clean-up comes to it is
 * not looked at again before its end.
 */
public final class Cleanup {

    private static final LimitedLog FAILURES = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession.postgresql"),
            Level.WARN);
    /** The index is long if sessions have expired for a while, and more so if nothing has removed their entries yet. */
    private static final Duration LONGEST_BATCH = Duration.ofSeconds(30);
    private static final long SHORTEST_PAUSE_MILLIS = 20;
    private static final double JITTER = 0.25;

    /** {@code $1} size, {@code $2} where the batch before has ended, {@code $3} how long journals are kept. */
    private static final String BATCH = """
            WITH p AS MATERIALIZED (SELECT id, expires_at, cleanup_at FROM {S} WHERE cleanup_at <= {now} AND cleanup_at >= COALESCE($2::timestamptz, '-infinity')
             ORDER BY cleanup_at LIMIT $1 FOR UPDATE SKIP LOCKED),
            d AS (DELETE FROM {S} s USING p WHERE s.id = p.id AND p.expires_at <= {now} - interval '10 s' RETURNING s.id),
            m AS (UPDATE {S} s SET cleanup_at = p.expires_at + interval '10 s' FROM p
             WHERE s.id = p.id AND p.expires_at > {now} - interval '10 s'),
            e AS MATERIALIZED (SELECT name_hash FROM {C} WHERE ends_at <= {now} ORDER BY ends_at LIMIT $1 FOR UPDATE SKIP LOCKED),
            k AS (DELETE FROM {C} c USING e WHERE c.name_hash = e.name_hash),
            l AS MATERIALIZED (SELECT field, value, number FROM {J} WHERE happened_at < {now} - $3::bigint * interval '1 ms'
             ORDER BY happened_at LIMIT $1 FOR UPDATE SKIP LOCKED),
            j AS (DELETE FROM {J} j USING l WHERE j.field = l.field AND j.value = l.value AND j.number = l.number)
            SELECT greatest(count(*), (SELECT count(*) FROM e), (SELECT count(*) FROM l)), (SELECT count(*) FROM d), max(cleanup_at){told d 0} FROM p
            """;

    private final Vertx vertx;
    private final PgConnections connections;
    private final String batch;
    private final long intervalMillis;
    private final int batchSize;
    private final long journalMillis;
    private final LongConsumer cleaned;
    private volatile boolean isClosed;
    private volatile long timer = -1;

    /**
     * @param interval the time between two runs, about; zero for none
     * @param batchSize how many sessions, and how many claims and entries of journals, a statement looks at
     * @param journalAge how long entries of journals are kept
     * @param cleaned gets the number of sessions of each batch that have been removed
     */
    public Cleanup(Vertx vertx, PgConnections connections, Statements statements, Duration interval, int batchSize,
            Duration journalAge, LongConsumer cleaned) {
        this.vertx = vertx;
        this.connections = connections.patient(LONGEST_BATCH);
        this.batch = statements.sql(BATCH);
        this.intervalMillis = interval.toMillis();
        this.batchSize = batchSize;
        this.journalMillis = journalAge.toMillis();
        this.cleaned = cleaned;
    }

    /** Begins after a part of the interval, as many instances may start at the same time. */
    public void start() {
        if (intervalMillis > 0) {
            later((long) (intervalMillis * ThreadLocalRandom.current().nextDouble()));
        }
    }

    public void close() {
        isClosed = true;
        vertx.cancelTimer(timer);
    }

    private void later(long millis) {
        if (!isClosed) {
            timer = vertx.setTimer(Math.max(1, millis), id -> run(null));
        }
    }

    private void next() {
        later((long) (intervalMillis * (1 - JITTER + 2 * JITTER * ThreadLocalRandom.current().nextDouble())));
    }

    /** @param from where the batch before has ended: what it has removed need not be passed again; null for the first batch */
    private void run(@Nullable OffsetDateTime from) {
        long begin = System.nanoTime();
        connections.change(new Sql(batch, Tuple.of(batchSize, from, journalMillis)), connections.deadline(),
                Cleanup::read).whenComplete((done, failure) -> {
                    if (failure != null) {
                        FAILURES.log("Expired sessions could not be removed: %s", Failures.unwrap(failure));
                        next();
                        return;
                    }
                    cleaned.accept(done.removed);
                    if (done.visited < batchSize || isClosed) {
                        next();
                        return;
                    }
                    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
                    timer = vertx.setTimer(Math.max(SHORTEST_PAUSE_MILLIS, took),
                            id -> run(done.last == null ? from : done.last));
                });
    }

    private static Done read(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        return new Done(row.getLong(0), row.getLong(1), row.getOffsetDateTime(2));
    }

    /**
     * What a batch has done.
     *
     * @param visited how many sessions it has looked at, or claims, or entries of journals, whichever are most
     * @param last where it has ended; null if there was no session
     */
    private record Done(long visited, long removed, @Nullable OffsetDateTime last) {
    }
}
