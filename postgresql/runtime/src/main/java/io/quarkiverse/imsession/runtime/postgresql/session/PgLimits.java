package io.quarkiverse.imsession.runtime.postgresql.session;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.runtime.postgresql.client.Deadline;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.client.Sql;
import io.quarkiverse.imsession.runtime.store.SessionLimit;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;

/**
 * Keeps the limits of references. Changes that give a session one more value with a limit wait for each other, value by value,
 * and the last of them sees what the others have stored. So there are never more sessions than a limit allows.
 * <p>
 * Sessions are evicted by statements of their own, before the change is tried again: nothing that waits holds the row of
 * another session.
 */
final class PgLimits {

    private final PgConnections connections;
    private final Statements statements;
    private final SessionLimits limits;
    /** The locks of these tables among the advisory locks of the database. */
    private final int lockSpace;

    PgLimits(PgConnections connections, Statements statements, Tables tables, SessionLimits limits) {
        this.connections = connections;
        this.statements = statements;
        this.limits = limits;
        this.lockSpace = tables.sessions().hashCode();
    }

    /** The references of a change that are limited. */
    List<Reference> limited(List<Reference> entered) {
        if (limits.byField().isEmpty() || entered.isEmpty()) {
            return List.of();
        }
        List<Reference> limited = new ArrayList<>(entered.size());
        for (Reference reference : entered) {
            if (limits.of(reference) != null) {
                limited.add(reference);
            }
        }
        return limited;
    }

    /**
     * Runs a statement that changes a session.
     *
     * @param limitedStatement what is run instead if references are limited; it counts their sessions
     * @param limited the references of the change that are limited
     * @param uncounted ids of sessions that are not counted
     */
    <T> CompletionStage<T> change(String statement, String limitedStatement, Tuple args, List<Reference> limited,
            Deadline deadline, Function<RowSet<Row>, T> read, String... uncounted) {
        if (limited.isEmpty()) {
            return connections.change(new Sql(statement, args), deadline, read);
        }
        addTo(args, limited, uncounted);
        return connections.transaction(locked(limited, deadline, new Sql(limitedStatement, args)), deadline, read);
    }

    /** The statements of a change: it waits until nobody else changes the sessions of these values. */
    private List<Sql> locked(List<Reference> limited, Deadline deadline, Sql change) {
        Integer[] keys = limited.stream().map(PgLimits::key).distinct().sorted().toArray(Integer[]::new);
        return List.of(new Sql(statements.lock, Tuple.of(deadline.millis() + "ms", lockSpace, keys)), change);
    }

    /** The same in all instances, whatever their Java is: it does not say how it computes the hash of a record. */
    private static int key(Reference reference) {
        return 31 * reference.field().hashCode() + reference.value().hashCode();
    }

    /** Adds the parameters by which a statement counts sessions. */
    private void addTo(Tuple args, List<Reference> limited, String... uncounted) {
        args.addValue(limited.stream().map(reference -> SessionDocument.storable(reference.field())).toArray(String[]::new));
        args.addValue(limited.stream().map(reference -> SessionDocument.storable(reference.value())).toArray(String[]::new));
        args.addValue(limited.stream().map(reference -> limits.of(reference).max()).toArray(Integer[]::new));
        args.addValue(uncounted);
    }

    /**
     * Evicts the oldest sessions of values that are full. Fails with {@link SessionLimitException} if one of them refuses
     * another session; then nobody is evicted.
     *
     * @param full the fields of the full values
     * @param destroy ends a session
     */
    CompletionStage<@Nullable Void> makeRoom(List<Reference> limited, String[] full, Deadline deadline,
            Function<SessionId, CompletionStage<Boolean>> destroy, String... uncounted) {
        List<String> fields = Arrays.asList(full);
        List<Reference> crowded = limited.stream()
                .filter(reference -> fields.contains(SessionDocument.storable(reference.field()))).toList();
        for (Reference reference : crowded) {
            SessionLimit limit = limits.of(reference);
            if (!limit.destroyOldest()) {
                throw new SessionLimitException(reference.field(), limit.max());
            }
        }
        CompletionStage<@Nullable Void> done = Stages.done(null);
        for (Reference reference : crowded) {
            done = done.thenCompose(none -> evict(reference, deadline, destroy, uncounted));
        }
        return done;
    }

    private CompletionStage<@Nullable Void> evict(Reference reference, Deadline deadline,
            Function<SessionId, CompletionStage<Boolean>> destroy, String... uncounted) {
        Tuple args = Tuple.of(SessionDocument.storable(reference.field()), SessionDocument.storable(reference.value()),
                uncounted);
        return connections.read(new Sql(statements.oldest, args), deadline,
                rows -> rows.iterator().next().getArrayOfStrings(2)).thenCompose(oldest -> {
                    CompletionStage<@Nullable Void> done = Stages.done(null);
                    int excess = oldest.length + 1 - limits.of(reference).max();
                    for (int i = 0; i < excess; i++) {
                        SessionId id = new SessionId(oldest[i]);
                        done = done.thenCompose(none -> destroy.apply(id)).thenAccept(ended -> {
                            if (ended) {
                                limits.onEnded().accept(id, reference);
                            }
                        });
                    }
                    return done;
                });
    }
}
