package io.quarkiverse.imsession.deployment;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.test.ForwardingStore;

/** A store that makes a session only when it is told to. */
@Singleton
public class HeldStore implements ForwardingStore {

    private final SessionStore delegate = new MemorySessionStore(1000, SessionLimits.NONE);
    private volatile CompletableFuture<Boolean> released = new CompletableFuture<>();

    /** The next session has to wait. */
    void hold() {
        released = new CompletableFuture<>();
    }

    /** @param works whether the session is made */
    void release(boolean works) {
        released.complete(works);
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return released.thenCompose(works -> works ? delegate.create(id, session)
                : CompletableFuture.failedFuture(new SessionStoreException("The store is out of order")));
    }

    @Override
    public SessionStore delegate() {
        return delegate;
    }
}
