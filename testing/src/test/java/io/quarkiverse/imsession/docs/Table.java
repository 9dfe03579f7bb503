package io.quarkiverse.imsession.docs;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.StoredSession;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Stands for the client of a database that an application has: it refuses to block an event loop. */
@Singleton
public class Table {

    private final Map<SessionId, StoredSession> rows = new ConcurrentHashMap<>();

    /** A transaction: nobody else changes the row meanwhile. An empty row is deleted. */
    Optional<StoredSession> transaction(SessionId id, Function<Optional<StoredSession>, Optional<StoredSession>> change) {
        if (!Infrastructure.canCallerThreadBeBlocked() || Thread.currentThread().getName().equals("main")) {
            throw new IllegalStateException("Not on a worker thread");
        }
        return change(id, change);
    }

    /** The same without blocking: it begins when it is subscribed to. */
    Uni<Optional<StoredSession>> reactive(SessionId id, Function<Optional<StoredSession>, Optional<StoredSession>> change) {
        return Uni.createFrom().item(() -> change(id, change));
    }

    private Optional<StoredSession> change(SessionId id, Function<Optional<StoredSession>, Optional<StoredSession>> change) {
        return Optional.ofNullable(
                rows.compute(id, (key, row) -> change.apply(Optional.ofNullable(row)).orElse(null)));
    }
}
