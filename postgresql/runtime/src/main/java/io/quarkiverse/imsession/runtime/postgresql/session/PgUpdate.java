package io.quarkiverse.imsession.runtime.postgresql.session;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.postgresql.client.Deadline;
import io.quarkiverse.imsession.runtime.postgresql.client.PgClock;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.client.Sql;
import io.quarkiverse.imsession.runtime.store.Lifetime;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.quarkiverse.imsession.spi.AppliedUpdate;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenState;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * One update of a session. {@link AppliedUpdate} computes the next version of the session from the one that is known, and a
 * statement stores it if the database still has that version. If it has another one, the same reply has it, and the update is
 * computed from that. So each version is computed from the one before.
 * <p>
 * The update is computed for a time that is proposed to the database, which refuses it if that time has not come yet, or is
 * long past.
 */
final class PgUpdate {

    /** Whoever loses a race has seen another update being stored, so only a broken clock needs as many. */
    private static final int MOST_ATTEMPTS = 1000;

    private final PgSessions sessions;
    private final PgConnections connections;
    private final PgClock clock;
    private final Statements statements;
    private final ReferencePlan plan;
    private final PgLimits limits;
    private final SessionId id;
    private final SessionUpdate update;
    private final Deadline deadline;
    private int attempts;

    PgUpdate(PgSessions sessions, PgConnections connections, PgClock clock, Statements statements, ReferencePlan plan,
            PgLimits limits, SessionId id, SessionUpdate update) {
        this.sessions = sessions;
        this.connections = connections;
        this.clock = clock;
        this.statements = statements;
        this.plan = plan;
        this.limits = limits;
        this.id = id;
        this.update = update;
        this.deadline = connections.deadline();
    }

    CompletionStage<UpdateResult> run() {
        return attempt(update.basis(), false, false);
    }

    /**
     * @param state the session as it is known
     * @param isFresh whether the database has just told it; what was loaded before proves nothing
     * @param all whether to enter the session under all of its references: it was entered with other settings
     */
    private CompletionStage<UpdateResult> attempt(StoredSession state, boolean isFresh, boolean all) {
        if (deadline.isOver()) {
            throw new SessionStoreException("The session " + id + " could not be stored within"
                    + " quarkus.imsession.postgresql.command-timeout");
        }
        if (attempts++ == MOST_ATTEMPTS) {
            throw new SessionStoreException("The session " + id + " is changed all the time by others");
        }
        // What the database has just told has its time, which is surely not ahead.
        Instant now = isFresh ? state.now() : later(clock.now(), state.now());
        if (state.isReplaced() || Lifetime.isOver(state, now)) {
            return isFresh ? Stages.done(new UpdateResult.Gone()) : attemptOnPresent();
        }
        AppliedUpdate applied = AppliedUpdate.of(state.at(now), update);
        if (!(applied.result() instanceof UpdateResult.Updated)) {
            if (!isFresh) {
                return attemptOnPresent();
            }
            return applied.session() == null ? end(state, applied.result()) : Stages.done(applied.result());
        }
        return store(state, applied, now, all);
    }

    private static Instant later(Instant one, Instant other) {
        return Instant.ofEpochMilli(Math.max(one.toEpochMilli(), other.toEpochMilli()));
    }

    private CompletionStage<UpdateResult> attemptOnPresent() {
        return sessions.load(id, deadline)
                .thenCompose(present -> present == null ? Stages.done(new UpdateResult.Gone()) : attempt(present, true, false));
    }

    /** Ends the session, as the update leaves it no time to live. */
    private CompletionStage<UpdateResult> end(StoredSession state, UpdateResult result) {
        Tuple args = Tuple.of(id.value(), state.version(), state.token().current().value());
        return connections.change(new Sql(statements.destroyVersion, args), deadline, RowSet::rowCount)
                .thenCompose(ended -> ended > 0 ? Stages.done(result) : attemptOnPresent());
    }

    private CompletionStage<UpdateResult> store(StoredSession state, AppliedUpdate applied, Instant now, boolean all) {
        StoredSession after = applied.session();
        ReferencePlan.Moves moves = plan.moves(state.data(), after.data());
        List<Reference> limited = limits.limited(moves.entered());
        Tuple args = arguments(state, after, now);
        CompletionStage<Reply> replied;
        if (moves == ReferencePlan.Moves.NONE && !all) {
            replied = connections.change(new Sql(statements.update, args), deadline, this::reply);
        } else {
            ReferencePlan.Moves entered = all ? plan.all(after.data()) : moves;
            args.addValue(entered.fields()).addValue(entered.values()).addValue(entered.leftFields()).addValue(all);
            replied = limits.change(statements.updateAndMove, statements.updateAndMoveLimited, args, limited, deadline,
                    this::reply, id.value());
        }
        return replied.thenCompose(reply -> decide(state, applied, all, limited, reply));
    }

    private Tuple arguments(StoredSession state, StoredSession after, Instant now) {
        TokenState token = after.token();
        Duration own = after.ownTimeout();
        return Tuple.tuple().addValue(id.value()).addValue(state.version()).addValue(state.token().current().value())
                .addValue(PgSessions.time(state.createdAt())).addValue(PgSessions.time(now)).addValue(token.current().value())
                .addValue(token.previous() == null ? null : token.previous().value())
                .addValue(token.dropped() == null ? null : token.dropped().value()).addValue(SessionRow.kind(token))
                .addValue(PgSessions.time(token.graceEnds())).addValue(token.revoked())
                .addValue(PgSessions.time(after.renewedAt())).addValue(PgSessions.time(after.expiresAt()))
                .addValue(own == null ? null : own.toMillis())
                // What stays as it is is not sent, and a large document is not written again.
                .addValue(after.data() == state.data() ? null : SessionDocument.ofData(after.data().toJson()))
                .addValue(after.attributes() == state.attributes() ? null : SessionDocument.ofAttributes(after.attributes()))
                .addValue(plan.settings()).addValue(connections.timeout().toMillis());
    }

    private Reply reply(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        boolean isStored = row.getBoolean(0);
        Instant now = clock.seen(row.getOffsetDateTime(1));
        return new Reply(isStored, now, row.getArrayOfStrings(2), isStored ? null : SessionRow.read(row, 3, now));
    }

    private CompletionStage<UpdateResult> decide(StoredSession state, AppliedUpdate applied, boolean all,
            List<Reference> limited, Reply reply) {
        if (reply.isStored()) {
            return Stages.done(applied.result());
        }
        if (reply.present() == null) {
            return Stages.done(new UpdateResult.Gone());
        }
        StoredSession present = reply.present().session();
        boolean isSame = present.version() == state.version() && present.token().current().equals(state.token().current())
                && present.createdAt().equals(state.createdAt());
        if (!isSame) {
            return attempt(present, true, false);
        }
        if (!all && reply.present().indexed() != plan.settings()) {
            return attempt(present, true, true);
        }
        return sessions.makeWay(limited, reply.full(), reply.now(), deadline, id.value())
                .thenCompose(none -> attempt(present, true, all));
    }

    /**
     * The answer to an update.
     *
     * @param full the fields whose values have no room for another session
     * @param present the session as it is now; null if it was stored, or if there is none
     */
    private record Reply(boolean isStored, Instant now, String @Nullable [] full, @Nullable SessionRow present) {
    }
}
