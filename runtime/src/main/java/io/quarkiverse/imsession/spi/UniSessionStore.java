package io.quarkiverse.imsession.spi;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.smallrye.mutiny.Uni;

/**
 * The base of a store whose client returns {@link Uni}s. Each {@code do…} method has the contract of the method of
 * {@link SessionStore} without the prefix. It is called on an event loop and must not block. The returned {@link Uni} is
 * subscribed to once, immediately.
 * <p>
 * To override another method of {@link SessionStore}, or to implement {@link IndexedSessionStore}, pass the {@link Uni} to
 * {@link #eager}.
 */
public abstract class UniSessionStore implements SessionStore {

    /** See {@link SessionStore#load(SessionId)}. Empty if there is no such session. */
    protected abstract Uni<Optional<StoredSession>> doLoad(SessionId id);

    /** See {@link SessionStore#create}. */
    protected abstract Uni<Created> doCreate(SessionId id, NewSession session);

    /** See {@link SessionStore#update}. */
    protected abstract Uni<UpdateResult> doUpdate(SessionId id, SessionUpdate update);

    /** See {@link SessionStore#destroy(SessionId)}. */
    protected abstract Uni<Boolean> doDestroy(SessionId id);

    @Override
    public final CompletionStage<@Nullable StoredSession> load(SessionId id) {
        return eager(doLoad(id)).thenApply(found -> found.orElse(null));
    }

    @Override
    public final CompletionStage<Created> create(SessionId id, NewSession session) {
        return eager(doCreate(id, session));
    }

    @Override
    public final CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        return eager(doUpdate(id, update));
    }

    @Override
    public final CompletionStage<Boolean> destroy(SessionId id) {
        return eager(doDestroy(id));
    }

    /** Subscribes to a {@link Uni} now, and returns a stage of its result. Its work has begun when this returns. */
    protected static <T> CompletionStage<T> eager(Uni<T> uni) {
        return uni.subscribeAsCompletionStage();
    }
}
