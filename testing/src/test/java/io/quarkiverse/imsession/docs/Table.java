package io.quarkiverse.imsession.docs;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** The row. */
    Uni<Optional<StoredSession>> read(SessionId id) {
        return reactive(id, row -> row);
    }

    /** Inserts a row. False if there is one already. */
    Uni<Boolean> insert(SessionId id, StoredSession session) {
        return Uni.createFrom().item(() -> rows.putIfAbsent(id, session) == null);
    }

    /**
     * Writes a row, as {@code UPDATE … WHERE id = ? AND version = ? AND token = ?}. False if there is no such row any more.
     *
     * @param seen the row as it was read
     * @param next null to delete it
     */
    Uni<Boolean> write(SessionId id, StoredSession seen, StoredSession next) {
        return Uni.createFrom().item(() -> {
            AtomicBoolean written = new AtomicBoolean();
            rows.computeIfPresent(id, (key, row) -> {
                written.set(row.version() == seen.version() && row.token().equals(seen.token()));
                return written.get() ? next : row;
            });
            return written.get();
        });
    }

    private Optional<StoredSession> change(SessionId id, Function<Optional<StoredSession>, Optional<StoredSession>> change) {
        return Optional.ofNullable(
                rows.compute(id, (key, row) -> change.apply(Optional.ofNullable(row)).orElse(null)));
    }
}
