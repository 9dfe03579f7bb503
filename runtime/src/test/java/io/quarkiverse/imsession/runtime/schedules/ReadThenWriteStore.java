package io.quarkiverse.imsession.runtime.schedules;

import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.TokenState;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;

/** A store with the usual fault: an update reads, changes what it has read, and writes it. One thread alone will not notice. */
final class ReadThenWriteStore implements SessionStore {

    private final Clock clock;
    private final LinkedHashMap<SessionId, StoredSession> sessions = new LinkedHashMap<>();

    ReadThenWriteStore(Clock clock) {
        this.clock = clock;
    }

    @Override
    public CompletionStage<StoredSession> load(SessionId id) {
        StoredSession stored = get(id);
        return CompletableFuture.completedFuture(stored == null ? null : stored.at(clock.instant()));
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        Instant now = clock.instant();
        Instant expires = session.expiry().expiresAt(now, now, null);
        put(id, new StoredSession(TokenState.only(session.token()), session.data(), Map.of(), 1, now, null, expires,
                null, now));
        return CompletableFuture.completedFuture(new Created(now, expires));
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        Instant now = clock.instant();
        StoredSession found = get(id);
        if (found == null) {
            return CompletableFuture.completedFuture(new UpdateResult.Gone());
        }
        StoredSession stored = found.at(now);
        TokenState.Check check = stored.token().check(update.presented(), now);
        if (!check.isValid()) {
            return CompletableFuture.completedFuture(new UpdateResult.Superseded());
        }
        TokenState token = stored.token();
        if (update.tokenChange() instanceof TokenChange.Renew renew) {
            token = token.renewed(renew.next(), now, renew.grace(), stored.version() + 1);
        } else if (update.tokenChange() instanceof TokenChange.Rotate rotate && check == TokenState.Check.CURRENT
                && stored.tokenAge().compareTo(rotate.age()) >= 0) {
            token = token.rotated(update.presented().token(), rotate.next(), now.plus(rotate.grace()));
        }
        Instant expires = update.expiry() == null ? stored.expiresAt() : update.expiry().expiresAt(now, now, null);
        put(id, new StoredSession(token, update.appliedTo(stored.data()), stored.attributes(), stored.version() + 1,
                stored.createdAt(), token.current().equals(stored.token().current()) ? stored.renewedAt() : now, expires,
                stored.ownTimeout(), now));
        PresentedToken presented = !token.current().equals(stored.token().current()) ? PresentedToken.REPLACED
                : check == TokenState.Check.CURRENT ? PresentedToken.CURRENT : PresentedToken.IN_GRACE;
        return CompletableFuture.completedFuture(new UpdateResult.Updated(presented, now, expires));
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        synchronized (sessions) {
            return CompletableFuture.completedFuture(sessions.remove(id) != null);
        }
    }

    private StoredSession get(SessionId id) {
        synchronized (sessions) {
            return sessions.get(id);
        }
    }

    private void put(SessionId id, StoredSession session) {
        synchronized (sessions) {
            sessions.put(id, session);
        }
    }
}
