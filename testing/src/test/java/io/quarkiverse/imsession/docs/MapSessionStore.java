package io.quarkiverse.imsession.docs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.spi.AppliedUpdate;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;

// tag::class[]
@Singleton
public class MapSessionStore implements SessionStore {

    private final Map<SessionId, StoredSession> sessions = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<StoredSession> load(SessionId id) {
        return CompletableFuture.completedFuture(sessions.computeIfPresent(id, (key, stored) -> alive(stored)));
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        StoredSession stored = StoredSession.of(session, now());
        if (sessions.putIfAbsent(id, stored) != null) {
            return CompletableFuture.failedFuture(new SessionStoreException("The id " + id + " is taken"));
        }
        return CompletableFuture.completedFuture(new Created(stored.now(), stored.expiresAt()));
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        AtomicReference<UpdateResult> result = new AtomicReference<>(new UpdateResult.Gone());
        sessions.computeIfPresent(id, (key, stored) -> {
            StoredSession now = alive(stored);
            if (now == null) {
                return null;
            }
            AppliedUpdate applied = AppliedUpdate.of(now, update);
            result.set(applied.result());
            return applied.session();
        });
        return CompletableFuture.completedFuture(result.get());
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return CompletableFuture.completedFuture(sessions.remove(id) != null);
    }

    @Override
    public boolean isTransactional() {
        return true;
    }

    /** The session as it is now, or null if its time is over. */
    private static StoredSession alive(StoredSession stored) {
        Instant now = now();
        return now.isBefore(stored.expiresAt().plus(EXPIRY_SLACK)) ? stored.at(now) : null;
    }

    /** Times of sessions are whole milliseconds. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
// end::class[]
