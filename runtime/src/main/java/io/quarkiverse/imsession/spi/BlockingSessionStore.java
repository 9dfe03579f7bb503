package io.quarkiverse.imsession.spi;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/**
 * The base of a store whose client blocks, for example a JDBC driver. Each {@code do…} method is called on a worker thread of
 * Quarkus, and has the contract of the method of {@link SessionStore} without the prefix. An exception that it throws fails the
 * stage.
 * <p>
 * To override another method of {@link SessionStore}, or to implement {@link IndexedSessionStore}, pass the work to
 * {@link #blocking}.
 */
public abstract class BlockingSessionStore implements SessionStore {

    /** See {@link SessionStore#load(SessionId)}. Empty if there is no such session. */
    protected abstract Optional<StoredSession> doLoad(SessionId id);

    /** See {@link SessionStore#create}. */
    protected abstract Created doCreate(SessionId id, NewSession session);

    /** See {@link SessionStore#update}. */
    protected abstract UpdateResult doUpdate(SessionId id, SessionUpdate update);

    /** See {@link SessionStore#destroy(SessionId)}. */
    protected abstract boolean doDestroy(SessionId id);

    @Override
    public final CompletionStage<@Nullable StoredSession> load(SessionId id) {
        return blocking(() -> doLoad(id).orElse(null));
    }

    @Override
    public final CompletionStage<Created> create(SessionId id, NewSession session) {
        return blocking(() -> doCreate(id, session));
    }

    @Override
    public final CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        return blocking(() -> doUpdate(id, update));
    }

    @Override
    public final CompletionStage<Boolean> destroy(SessionId id) {
        return blocking(() -> doDestroy(id));
    }

    /**
     * Calls a blocking function on a worker thread of Quarkus.
     *
     * @return a stage of its result; the stage fails if the function throws
     */
    protected static <T extends @Nullable Object> CompletionStage<T> blocking(Callable<T> call) {
        CompletableFuture<T> stage = new CompletableFuture<>();
        Infrastructure.getDefaultWorkerPool().execute(() -> {
            try {
                stage.complete(call.call());
            } catch (Throwable e) {
                stage.completeExceptionally(e);
            }
        });
        return stage;
    }
}
