package io.quarkiverse.imsession.deployment;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.spi.StoredSession;

/** A store that can be out of reach, or whose sessions another instance has replaced. */
@Singleton
public class WatchedStore extends ClockedStore {

    final AtomicInteger failed = new AtomicInteger();
    volatile boolean reachable = true;
    volatile boolean replaced;

    @Override
    public CompletionStage<StoredSession> load(SessionId id) {
        if (reachable) {
            return super.load(id).thenApply(stored -> replaced && stored != null ? stored.replaced(Duration.ofMinutes(1))
                    : stored);
        }
        failed.incrementAndGet();
        return CompletableFuture.failedStage(new SessionStoreException("Out of reach"));
    }
}
