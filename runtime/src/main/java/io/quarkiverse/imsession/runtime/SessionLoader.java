package io.quarkiverse.imsession.runtime;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionEvent.Rejected;
import io.quarkiverse.imsession.SessionEvent.Rejected.Reason;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.SessionMetrics.Load;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenState;

/** Finds the session that a request's token names. */
public final class SessionLoader {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog REPLAYED = new LimitedLog(LOG, Level.WARN);
    private static final LimitedLog NOT_ENDED = new LimitedLog(LOG, Level.ERROR);
    private static final LimitedLog NOT_LOADED = new LimitedLog(LOG, Level.ERROR);

    private final SessionStore store;
    private final TokenCodec tokens;
    private final SessionPolicy policy;
    private final SessionEvents events;

    SessionLoader(SessionStore store, TokenCodec tokens, SessionPolicy policy, SessionEvents events) {
        this.store = store;
        this.tokens = tokens;
        this.policy = policy;
        this.events = events;
    }

    /** The session of a request without a token. */
    public RequestSession none() {
        events.metrics().loaded(Load.NONE);
        return session(SessionState.NONE);
    }

    /**
     * The session of a token: none if the token is not valid.
     *
     * @param text what the client sent
     * @return fails with {@link SessionStoreException} if the store cannot be asked and the policy is to fail then
     */
    public CompletionStage<RequestSession> load(String text) {
        SessionToken token = tokens.decode(text);
        if (token == null) {
            return CompletableFuture.completedStage(rejected(new Rejected(null, Reason.MALFORMED)));
        }
        return StoreFailures.guard(() -> store.load(token.id()))
                .handle((stored, failure) -> failure == null ? found(token, stored) : failed(token, failure));
    }

    private RequestSession found(SessionToken token, @Nullable StoredSession stored) {
        if (stored == null) {
            return rejected(token.id(), Reason.UNKNOWN);
        }
        if (isOver(stored)) {
            return rejected(token.id(), Reason.EXPIRED);
        }
        TokenState.Check check = stored.token().check(token.hash(), stored.now());
        return switch (check) {
            case CURRENT, IN_GRACE, SUCCESSOR_LOST -> {
                events.metrics().loaded(Load.FOUND);
                yield session(SessionState.of(new LoadedSession(token, check, stored)));
            }
            case WRONG -> rejected(token.id(), Reason.WRONG_SECRET);
            case REPLAYED -> replayed(token.id());
        };
    }

    /** The store enforces the limit that was set when the session was used last; it may have been lowered since. */
    private boolean isOver(StoredSession stored) {
        if (policy.absoluteTimeout() == null) {
            return false;
        }
        Instant end = stored.created().plus(policy.absoluteTimeout()).plus(SessionStore.EXPIRY_SLACK);
        return !stored.now().isBefore(end);
    }

    private RequestSession replayed(SessionId id) {
        REPLAYED.log("A superseded token of session %s came back: somebody may have a copy of it", id);
        if (policy.endOnReplay()) {
            StoreFailures.guard(() -> store.destroy(id)).whenComplete((ended, failure) -> {
                if (failure != null) {
                    NOT_ENDED.log("Session %s could not be ended after a replay: %s", id, failure);
                } else if (ended) {
                    events.fire(new Destroyed(id, Destroyed.Cause.REPLAY));
                }
            });
        }
        return rejected(id, Reason.REPLAYED);
    }

    private RequestSession rejected(SessionId id, Reason reason) {
        Rejected rejected = new Rejected(id, reason);
        LOG.debugf("%s", rejected);
        return rejected(rejected);
    }

    private RequestSession rejected(Rejected rejected) {
        events.metrics().loaded(Load.REJECTED);
        events.fire(rejected);
        return session(SessionState.NONE);
    }

    private RequestSession failed(SessionToken token, Throwable failure) {
        events.metrics().loaded(Load.FAILED);
        NOT_LOADED.log("Session %s could not be loaded: %s", token.id(), failure);
        if (policy.onStoreFailure() == OnStoreFailure.ANONYMOUS) {
            return RequestSession.unavailable(tokens, policy);
        }
        throw StoreFailures.asStoreException(failure);
    }

    private RequestSession session(SessionState state) {
        return RequestSession.of(state, tokens, policy);
    }
}
