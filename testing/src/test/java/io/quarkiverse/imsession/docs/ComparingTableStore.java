package io.quarkiverse.imsession.docs;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

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

/** Writes a session only if it is still the one that was read. */
@Singleton
public class ComparingTableStore extends UniSessionStore {

    private static final UpdateResult GONE = new UpdateResult.Gone();

    @Inject
    Table table;

    @Override
    protected Uni<Optional<StoredSession>> doLoad(SessionId id) {
        return table.read(id).map(row -> row.map(found -> found.at(now())).filter(ComparingTableStore::isAlive));
    }

    @Override
    protected Uni<Created> doCreate(SessionId id, NewSession session) {
        StoredSession stored = StoredSession.of(session, now());
        return table.insert(id, stored).map(isFree -> {
            if (!isFree) {
                throw new SessionStoreException("The id " + id + " is taken");
            }
            return new Created(stored.now(), stored.expiresAt());
        });
    }

    // tag::update[]
    @Override
    protected Uni<UpdateResult> doUpdate(SessionId id, SessionUpdate update) {
        // Mostly nobody has changed the session since the request has loaded it: then it need not be read again.
        StoredSession loaded = update.basis().at(now());
        AppliedUpdate applied = AppliedUpdate.of(loaded, update);
        return isAlive(loaded) && applied.result() instanceof UpdateResult.Updated ? write(id, update, loaded, applied)
                : readAndWrite(id, update);
    }

    private Uni<UpdateResult> readAndWrite(SessionId id, SessionUpdate update) {
        return doLoad(id).flatMap(found -> found.isEmpty() ? Uni.createFrom().item(GONE)
                : write(id, update, found.get(), AppliedUpdate.of(found.get(), update)));
    }

    /** @param applied what the update makes of the session as it was seen; the session itself if that changes nothing */
    private Uni<UpdateResult> write(SessionId id, SessionUpdate update, StoredSession seen, AppliedUpdate applied) {
        if (applied.session() == seen) {
            return Uni.createFrom().item(applied.result());
        }
        return table.write(id, seen, applied.session()).flatMap(
                isWritten -> isWritten ? Uni.createFrom().item(applied.result()) : readAndWrite(id, update));
    }
    // end::update[]

    @Override
    protected Uni<Boolean> doDestroy(SessionId id) {
        return doLoad(id).flatMap(found -> found.isEmpty() ? Uni.createFrom().item(false)
                : table.write(id, found.get(), null).flatMap(
                        isDeleted -> isDeleted ? Uni.createFrom().item(true) : doDestroy(id)));
    }

    @Override
    public boolean isTransactional() {
        return true;
    }

    private static boolean isAlive(StoredSession session) {
        return session.now().isBefore(session.expiresAt().plus(EXPIRY_SLACK));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
