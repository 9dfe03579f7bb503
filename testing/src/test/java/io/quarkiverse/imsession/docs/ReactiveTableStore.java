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
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UniSessionStore;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.smallrye.mutiny.Uni;

// tag::class[]
@Singleton
public class ReactiveTableStore extends UniSessionStore {

    @Inject
    Table table;

    @Override
    protected Uni<Optional<StoredSession>> doLoad(SessionId id) {
        return table.reactive(id, row -> row.flatMap(ReactiveTableStore::alive));
    }

    @Override
    protected Uni<Created> doCreate(SessionId id, NewSession session) {
        StoredSession stored = StoredSession.of(session, now());
        return table.reactive(id, row -> ifFree(id, row, stored))
                .map(created -> new Created(stored.now(), stored.expiresAt()));
    }

    // end::class[]

    @Override
    protected Uni<UpdateResult> doUpdate(SessionId id, SessionUpdate update) {
        AtomicReference<UpdateResult> result = new AtomicReference<>(new UpdateResult.Gone());
        return table
                .reactive(id, row -> row.flatMap(ReactiveTableStore::alive).flatMap(found -> updated(found, update, result)))
                .map(row -> result.get());
    }

    @Override
    protected Uni<Boolean> doDestroy(SessionId id) {
        AtomicBoolean found = new AtomicBoolean();
        return table.reactive(id, row -> {
            found.set(row.isPresent());
            return Optional.empty();
        }).map(row -> found.get());
    }

    @Override
    public boolean isTransactional() {
        return true;
    }

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
}
