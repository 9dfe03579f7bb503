package io.quarkiverse.imsession.runtime.postgresql.session;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.postgresql.client.Deadline;
import io.quarkiverse.imsession.runtime.postgresql.client.PgClock;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.client.Sql;
import io.quarkiverse.imsession.runtime.postgresql.client.SqlState;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * Keeps each session in one row, and its references in others, which change in the same statement. All times are of the
 * database's clock, in whole milliseconds.
 */
public final class PgSessions {

    private final PgConnections connections;
    private final PgClock clock;
    private final Statements statements;
    private final ReferencePlan plan;
    private final PgLimits limits;

    /** @param references the fields by which sessions are found */
    public PgSessions(PgConnections connections, PgClock clock, Statements statements, Tables tables,
            Collection<String> references, SessionLimits limits) {
        this.connections = connections;
        this.clock = clock;
        this.statements = statements;
        this.plan = new ReferencePlan(references);
        this.limits = new PgLimits(connections, statements, tables, limits);
    }

    public CompletionStage<@Nullable StoredSession> load(SessionId id) {
        return load(id, connections.deadline());
    }

    CompletionStage<@Nullable StoredSession> load(SessionId id, Deadline deadline) {
        return connections.read(new Sql(statements.load, Tuple.of(id.value())), deadline, this::loaded);
    }

    /** Loads a session with some fields of its data. */
    public CompletionStage<@Nullable StoredSession> load(SessionId id, Set<String> fields) {
        Deadline deadline = connections.deadline();
        Sql some = new Sql(statements.loadSome, Tuple.of(id.value()).addValue(names(fields)));
        return whole(connections.read(some, deadline, this::loaded), () -> load(id, deadline))
                .thenApply(session -> session == null ? null : session.withOnly(fields));
    }

    /** The names of fields, as the documents have them. */
    public static String[] names(Set<String> fields) {
        return fields.stream().map(SessionDocument::storable).toArray(String[]::new);
    }

    /** Reads whole documents if PostgreSQL cannot look into one, because another program has written it. */
    public static <T extends @Nullable Object> CompletionStage<T> whole(CompletionStage<T> parts,
            Supplier<CompletionStage<T>> whole) {
        return parts.exceptionallyCompose(failure -> {
            Throwable cause = Failures.unwrap(failure);
            return SqlState.isOfJson(cause) ? whole.get() : CompletableFuture.failedStage(cause);
        });
    }

    private @Nullable StoredSession loaded(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        SessionRow read = SessionRow.read(row, 2, clock.seen(row.getOffsetDateTime(0)));
        return read == null ? null : read.session();
    }

    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return create(id, session, connections.deadline());
    }

    private CompletionStage<Created> create(SessionId id, NewSession session, Deadline deadline) {
        ReferencePlan.Moves moves = plan.all(session.data());
        List<Reference> limited = limits.limited(moves.entered());
        Instant until = deadline.by(clock);
        Tuple args = newSession(Tuple.tuple(), id, session, moves, until);
        return limits.change(statements.create, statements.createLimited, args, limited, deadline, this::stored, id.value())
                .thenCompose(reply -> {
                    if (reply.created() != null) {
                        return Stages.done(reply.created());
                    }
                    return again(id, limited, reply, until, deadline, id.value())
                            .thenCompose(none -> create(id, session, deadline));
                });
    }

    /**
     * Ends a session and stores another one, in one statement.
     *
     * @param grace how long the tokens of the old session are known
     */
    public CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
            NewSession session) {
        return replace(old, presented, grace, id, session, connections.deadline());
    }

    private CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
            NewSession session, Deadline deadline) {
        ReferencePlan.Moves moves = plan.all(session.data());
        List<Reference> limited = limits.limited(moves.entered());
        Instant until = deadline.by(clock);
        Tuple args = newSession(
                Tuple.of(old.value(), presented.token().value(), presented.version(), grace.toMillis()), id, session, moves,
                until);
        return limits
                .change(statements.replace, statements.replaceLimited, args, limited, deadline, this::stored, id.value(),
                        old.value())
                .thenCompose(reply -> {
                    if (reply.created() != null) {
                        return Stages.done(
                                new Replaced(reply.valid() == null ? DestroyResult.GONE : DestroyResult.DESTROYED,
                                        reply.created()));
                    }
                    if (Boolean.FALSE.equals(reply.valid())) {
                        return Stages.done(new Replaced(DestroyResult.SUPERSEDED, null));
                    }
                    return again(id, limited, reply, until, deadline, id.value(), old.value())
                            .thenCompose(none -> replace(old, presented, grace, id, session, deadline));
                });
    }

    /** Adds the parameters of a new session. */
    private Tuple newSession(Tuple args, SessionId id, NewSession session, ReferencePlan.Moves moves, Instant until) {
        Duration own = session.expiry().ownTimeout();
        return args.addValue(time(until)).addValue(id.value()).addValue(session.token().value())
                .addValue(session.expiry().expiresAt(Instant.EPOCH, Instant.EPOCH, null).toEpochMilli())
                .addValue(own == null ? null : own.toMillis()).addValue(plan.settings())
                .addValue(SessionDocument.ofAttributes(session.attributes()))
                .addValue(SessionDocument.ofData(session.data().toJson())).addValue(moves.fields()).addValue(moves.values());
    }

    private Stored stored(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        Instant now = clock.seen(row.getOffsetDateTime(0));
        Created created = row.getOffsetDateTime(1) == null ? null
                : new Created(row.getOffsetDateTime(1).toInstant(), row.getOffsetDateTime(2).toInstant());
        return new Stored(now, created, row.getBoolean(3), row.getArrayOfStrings(4));
    }

    /**
     * Makes what kept a new session from being stored go away. Fails if it is the id.
     *
     * @param until the time until which it was to be stored
     */
    private CompletionStage<@Nullable Void> again(SessionId id, List<Reference> limited, Stored reply, Instant until,
            Deadline deadline, String... uncounted) {
        if (deadline.isOver()) {
            throw new SessionStoreException("The session " + id + " could not be stored within"
                    + " quarkus.imsession.postgresql.command-timeout");
        }
        if (!isFull(reply.full()) && reply.now().isBefore(until)) {
            throw new SessionStoreException("The id " + id + " of a new session is taken");
        }
        return makeWay(limited, reply.full(), reply.now(), deadline, uncounted);
    }

    /**
     * Makes what kept a session from being stored go away: full values, or a wrong clock.
     *
     * @param full the fields whose values have no room for another session
     * @param now the time of the database
     */
    CompletionStage<@Nullable Void> makeWay(List<Reference> limited, String @Nullable [] full, Instant now,
            Deadline deadline, String... uncounted) {
        if (isFull(full)) {
            return limits.makeRoom(limited, full, deadline, other -> destroy(other, deadline), uncounted);
        }
        clock.set(time(now));
        return Stages.done(null);
    }

    private static boolean isFull(String @Nullable [] full) {
        return full != null && full.length > 0;
    }

    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        return new PgUpdate(this, connections, clock, statements, plan, limits, id, update).run();
    }

    public CompletionStage<Boolean> destroy(SessionId id) {
        return destroy(id, connections.deadline());
    }

    private CompletionStage<Boolean> destroy(SessionId id, Deadline deadline) {
        return connections.change(new Sql(statements.destroy, Tuple.of(id.value())), deadline, rows -> rows.rowCount() > 0);
    }

    /** Ends a session on request of its client. */
    public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
        Tuple args = Tuple.of(id.value(), presented.token().value(), presented.version());
        return connections.change(new Sql(statements.destroyPresented, args), connections.deadline(),
                rows -> DestroyResult.valueOf(rows.iterator().next().getString(0)));
    }

    static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    /**
     * The answer to a new session.
     *
     * @param created null if it was not stored
     * @param valid whether the token for the session that is to be replaced is valid; null if there is no such session
     * @param full the fields whose values have no room for another session
     */
    private record Stored(Instant now, @Nullable Created created, @Nullable Boolean valid, String @Nullable [] full) {
    }
}
