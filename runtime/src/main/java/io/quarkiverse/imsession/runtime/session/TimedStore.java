package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.session.SessionMetrics.Operation;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/** Tells how long a store takes, and how large the sessions are that it gets. All else is as with the store itself. */
public abstract class TimedStore<S extends SessionStore> implements SessionStore {

    final S store;
    private final SessionMetrics metrics;

    TimedStore(S store, SessionMetrics metrics) {
        this.store = store;
        this.metrics = metrics;
    }

    /** The store itself if nobody wants to know. */
    public static SessionStore of(SessionStore store, SessionMetrics metrics) {
        if (metrics == SessionMetrics.NONE) {
            return store;
        }
        return store instanceof IndexedSessionStore indexed ? new TimedIndexedStore(indexed, metrics)
                : new TimedPlainStore(store, metrics);
    }

    /** The store that does the work. */
    public static SessionStore untimed(SessionStore store) {
        return store instanceof TimedStore<?> timed ? timed.store : store;
    }

    @Override
    public CompletionStage<@Nullable StoredSession> load(SessionId id) {
        return timed(Operation.LOAD, () -> store.load(id));
    }

    @Override
    public CompletionStage<@Nullable StoredSession> load(SessionId id, Set<String> fields) {
        return timed(Operation.LOAD, () -> store.load(id, fields));
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return timed(Operation.CREATE, () -> store.create(id, session))
                .whenComplete((created, failure) -> stored(session, failure));
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        return timed(Operation.UPDATE, () -> store.update(id, update)).whenComplete((result, failure) -> {
            if (result instanceof Updated) {
                stored(update);
            }
        });
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return timed(Operation.DESTROY, () -> store.destroy(id));
    }

    @Override
    public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
        return timed(Operation.DESTROY, () -> store.destroy(id, presented));
    }

    @Override
    public CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
            NewSession session) {
        return timed(Operation.REPLACE, () -> store.replace(old, presented, grace, id, session))
                .whenComplete((replaced, failure) -> {
                    if (replaced != null && replaced.created() != null) {
                        stored(session, failure);
                    }
                });
    }

    private void stored(SessionUpdate update) {
        SessionData before = update.basis().data();
        SessionData after = update.appliedTo(before);
        if (after != before) {
            metrics.stored(after.sizeInBytes());
        }
    }

    private void stored(NewSession session, @Nullable Throwable failure) {
        if (failure == null) {
            metrics.stored(session.data().sizeInBytes());
        }
    }

    <T extends @Nullable Object> CompletionStage<T> timed(Operation operation, Supplier<CompletionStage<T>> call) {
        long begin = System.nanoTime();
        CompletionStage<T> result;
        try {
            result = call.get();
        } catch (RuntimeException e) {
            metrics.called(operation, System.nanoTime() - begin, isFailure(e));
            throw e;
        }
        return result.whenComplete((done, failure) -> metrics.called(operation, System.nanoTime() - begin, isFailure(failure)));
    }

    /** Unlike what the store refuses with good reason. */
    private static boolean isFailure(@Nullable Throwable failure) {
        Throwable cause = failure == null ? null : Failures.unwrap(failure);
        return cause != null && !(cause instanceof SessionLimitException) && !(cause instanceof IllegalArgumentException);
    }
}
