package io.quarkiverse.imsession.docs;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange.Renew;
import io.quarkiverse.imsession.spi.TokenChange.Rotate;
import io.quarkiverse.imsession.spi.TokenState;
import io.quarkiverse.imsession.spi.TokenState.Check;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Gone;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.quarkiverse.imsession.spi.UpdateResult.Superseded;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/** The code of the page "Your own store". */
@Singleton
public class MapStore implements SessionStore {

    private final ConcurrentMap<SessionId, StoredSession> sessions = new ConcurrentHashMap<>();

    @Override
    public CompletionStage<StoredSession> load(SessionId id) {
        return completedFuture(alive(sessions.get(id)));
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        Instant now = Instant.now();
        Instant expires = session.expiry().expires(now, now, null);
        StoredSession stored = new StoredSession(TokenState.only(session.token()), session.data(), session.attributes(), 1,
                now, null, expires, session.expiry().ownTimeout(), now);
        return sessions.putIfAbsent(id, stored) == null ? completedFuture(new Created(now, expires))
                : failedFuture(new SessionStoreException("The id " + id + " of a new session is taken"));
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        AtomicReference<UpdateResult> result = new AtomicReference<>(new Gone());
        sessions.computeIfPresent(id, (same, stored) -> apply(alive(stored), update, result));
        return completedFuture(result.get());
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return completedFuture(alive(sessions.remove(id)) != null);
    }

    private static StoredSession apply(StoredSession stored, SessionUpdate update, AtomicReference<UpdateResult> result) {
        if (stored == null) {
            return null;
        }
        Check check = update.presented() == null ? Check.IN_GRACE : stored.token().check(update.presented(), stored.now());
        if (!check.isValid()) {
            result.set(new Superseded());
            return stored;
        }
        Expiry expiry = update.expiry();
        Instant expires = expiry == null ? stored.expires()
                : expiry.expires(stored.created(), stored.now(), stored.ownTimeout());
        if (!isAlive(expires, stored.now())) {
            return null;
        }
        TokenState token = token(stored, check, update);
        boolean replaced = !token.current().equals(stored.token().current());
        PresentedToken presented = replaced ? PresentedToken.REPLACED
                : check == Check.CURRENT ? PresentedToken.CURRENT : PresentedToken.IN_GRACE;
        result.set(new Updated(presented, stored.now(), expires));
        Duration ownTimeout = expiry == null || expiry.ownTimeout() == null ? stored.ownTimeout() : expiry.ownTimeout();
        return new StoredSession(token, update.appliedTo(stored.data()), update.appliedTo(stored.attributes()),
                stored.version() + 1, stored.created(), replaced ? stored.now() : stored.renewed(), expires, ownTimeout,
                stored.now());
    }

    private static TokenState token(StoredSession stored, Check check, SessionUpdate update) {
        TokenState token = check == Check.CURRENT ? stored.token().confirmed() : stored.token();
        if (update.tokenChange() instanceof Renew renew) {
            return TokenState.only(renew.next());
        }
        if (update.tokenChange() instanceof Rotate rotate) {
            boolean due = check == Check.SUCCESSOR_LOST || check == Check.CURRENT
                    && Duration.between(stored.now(), stored.expires()).compareTo(rotate.whenLeft()) < 0;
            return due ? token.rotated(update.presented(), rotate.next(), stored.now().plus(rotate.grace())) : token;
        }
        return token;
    }

    /** The session as it is now, or null if there is none any more. */
    private static StoredSession alive(StoredSession stored) {
        Instant now = Instant.now();
        return stored == null || !isAlive(stored.expires(), now) ? null
                : new StoredSession(stored.token(), stored.data(), stored.attributes(), stored.version(), stored.created(),
                        stored.renewed(), stored.expires(), stored.ownTimeout(), now);
    }

    private static boolean isAlive(Instant expires, Instant now) {
        return expires.plus(EXPIRY_SLACK).isAfter(now);
    }
}
