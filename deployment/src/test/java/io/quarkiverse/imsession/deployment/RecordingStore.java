package io.quarkiverse.imsession.deployment;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;

/** An application's own store: it notes how it is called, and fails when it is told to. */
@Singleton
public class RecordingStore implements SessionStore {

    enum Mode {
        WORKS,
        THROWS,
        FAILS
    }

    private final SessionStore delegate = new MemorySessionStore(1000, SessionLimits.NONE);
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private volatile Mode mode = Mode.WORKS;
    private volatile Mode loadMode = Mode.WORKS;

    void mode(Mode newMode) {
        mode = newMode;
        loadMode = newMode;
    }

    void modeAfterLoad(Mode newMode) {
        mode = newMode;
    }

    /** The operations that {@code work} caused, in their order. */
    List<String> calls(Runnable work) {
        calls.clear();
        work.run();
        return List.copyOf(calls);
    }

    @Override
    public CompletionStage<StoredSession> load(SessionId id) {
        return call("load", loadMode, () -> delegate.load(id));
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return call("create", mode, () -> delegate.create(id, session));
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        return call("update", mode, () -> delegate.update(id, update));
    }

    @Override
    public boolean isTransactional() {
        return true;
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return call("destroy", mode, () -> delegate.destroy(id));
    }

    @Override
    public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
        return call("destroy", mode, () -> delegate.destroy(id, presented));
    }

    private <T> CompletionStage<T> call(String name, Mode how, Supplier<CompletionStage<T>> operation) {
        calls.add(name);
        return switch (how) {
            case WORKS -> operation.get();
            case THROWS -> throw new IllegalStateException("out of order");
            case FAILS -> CompletableFuture.failedFuture(new SessionStoreException("The store is out of order"));
        };
    }
}
