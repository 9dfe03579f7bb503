package io.quarkiverse.imsession.docs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.spi.AppliedUpdate;
import io.quarkiverse.imsession.spi.BlockingSessionStore;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;

// tag::class[]
@Singleton
public class BlockingTableStore extends BlockingSessionStore {

    @Inject
    Table table;

    @Override
    protected Optional<StoredSession> doLoad(SessionId id) {
        return table.transaction(id, row -> row.flatMap(BlockingTableStore::alive));
    }

    @Override
    protected Created doCreate(SessionId id, NewSession session) {
        StoredSession stored = StoredSession.of(session, now());
        table.transaction(id, row -> ifFree(id, row, stored));
        return new Created(stored.now(), stored.expiresAt());
    }

    @Override
    protected UpdateResult doUpdate(SessionId id, SessionUpdate update) {
        AtomicReference<UpdateResult> result = new AtomicReference<>(new UpdateResult.Gone());
        table.transaction(id, row -> row.flatMap(BlockingTableStore::alive).flatMap(found -> updated(found, update, result)));
        return result.get();
    }

    @Override
    protected boolean doDestroy(SessionId id) {
        AtomicBoolean found = new AtomicBoolean();
        table.transaction(id, row -> {
            found.set(row.isPresent());
            return Optional.empty();
        });
        return found.get();
    }

    @Override
    public boolean isTransactional() {
        return true;
    }

    // end::class[]
    // tag::rules[]
    private static Optional<StoredSession> ifFree(SessionId id, Optional<StoredSession> row, StoredSession stored) {
        if (row.isPresent()) {
            throw new SessionStoreException("The id " + id + " is taken");
        }
        return Optional.of(stored);
    }

    private static Optional<StoredSession> updated(StoredSession row, SessionUpdate update,
            AtomicReference<UpdateResult> result) {
        AppliedUpdate applied = AppliedUpdate.of(row, update);
        result.set(applied.result());
        return Optional.ofNullable(applied.session());
    }

    private static Optional<StoredSession> alive(StoredSession row) {
        Instant now = now();
        return now.isBefore(row.expiresAt().plus(EXPIRY_SLACK)) ? Optional.of(row.at(now)) : Optional.empty();
    }

    /** Times of sessions are whole milliseconds. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
    // end::rules[]
}
