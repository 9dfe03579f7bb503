package io.quarkiverse.imsession.deployment;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionException;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;

/** Makes each request be refused for the reason that a test wants. */
@Singleton
public class FaultyStore implements SessionStore {

    enum Fault {
        NONE,
        LOAD,
        COMMIT,
        CONFLICT,
        LIMIT,
        LOCK,
        CLAIM
    }

    private final SessionStore delegate = new MemorySessionStore(1000, SessionLimits.NONE);
    private volatile Fault fault = Fault.NONE;

    void with(Fault wanted, Runnable work) {
        fault = wanted;
        try {
            work.run();
        } finally {
            fault = Fault.NONE;
        }
    }

    /** What is stored, whatever the fault. */
    Optional<StoredSession> stored(SessionId id) {
        return Optional.ofNullable(delegate.load(id).toCompletableFuture().join());
    }

    @Override
    public CompletionStage<StoredSession> load(SessionId id) {
        return fault == Fault.LOAD ? CompletableFuture.failedFuture(new SessionStoreException("Out of order"))
                : delegate.load(id);
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return commit(() -> delegate.create(id, session));
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        return fault == Fault.CONFLICT ? CompletableFuture.completedFuture(new UpdateResult.Superseded())
                : commit(() -> delegate.update(id, update));
    }

    @Override
    public boolean isTransactional() {
        return true;
    }

    @Override
    public boolean hasClaims() {
        return true;
    }

    /** A lock ends at once, or a claim that is no lock fails, if that is wanted. */
    @Override
    public CompletionStage<String> claim(String name, String holder, Duration lifetime) {
        if (fault == Fault.CLAIM && !name.endsWith(" lock")) {
            return failLater(new SessionStoreException("Out of order"));
        }
        return fault == Fault.LOCK && name.endsWith(" lock") ? CompletableFuture.completedFuture(holder)
                : delegate.claim(name, holder, lifetime);
    }

    @Override
    public CompletionStage<String> holder(String name) {
        return delegate.holder(name);
    }

    @Override
    public CompletionStage<Boolean> release(String name, String holder) {
        return delegate.release(name, holder);
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return commit(() -> delegate.destroy(id));
    }

    /** Fails later, on a thread of its own, as a store behind a network does. */
    private <T> CompletionStage<T> commit(Supplier<CompletionStage<T>> work) {
        return switch (fault) {
            case COMMIT -> failLater(new SessionStoreException("Out of order"));
            case LIMIT -> failLater(new SessionLimitException("seat", 1));
            default -> work.get();
        };
    }

    private static <T> CompletionStage<T> failLater(SessionException failure) {
        return CompletableFuture.supplyAsync(() -> {
            throw failure;
        });
    }
}
