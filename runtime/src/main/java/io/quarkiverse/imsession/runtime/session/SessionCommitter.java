package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.CommitAction.Create;
import io.quarkiverse.imsession.runtime.session.CommitAction.Destroy;
import io.quarkiverse.imsession.runtime.session.CommitAction.Refuse;
import io.quarkiverse.imsession.runtime.session.CommitAction.Replace;
import io.quarkiverse.imsession.runtime.session.CommitAction.Update;
import io.quarkiverse.imsession.runtime.session.CommitResult.LimitReached;
import io.quarkiverse.imsession.runtime.session.CommitResult.Quiet;
import io.quarkiverse.imsession.runtime.session.CommitResult.Refused;
import io.quarkiverse.imsession.runtime.session.CommitResult.Remove;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.runtime.session.SessionMetrics.Outcome;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;
import io.vertx.core.Vertx;

/** Stores what a request leaves behind. */
public final class SessionCommitter {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog NOT_STORED = new LimitedLog(LOG, Level.ERROR);

    private final GuardedStore store;
    private final TokenCodec tokens;
    private final SessionPolicy policy;
    private final SessionEvents events;
    private final AbandonedSessions abandoned;

    public SessionCommitter(GuardedStore store, TokenCodec tokens, SessionPolicy policy, SessionEvents events, Vertx vertx) {
        this.store = store;
        this.tokens = tokens;
        this.policy = policy;
        this.events = events;
        this.abandoned = new AbandonedSessions(store, events, vertx);
    }

    /**
     * What is to be stored for a response of that status. The session can be changed no more.
     *
     * @param client tells what is kept of a client that gets a token; called only if it gets one
     */
    public CommitAction plan(RequestSession session, int status, Supplier<Map<String, String>> client) {
        return CommitPlan.of(session.freeze(), status, policy, tokens::renew, client);
    }

    /** Fails if the store does. */
    public CompletionStage<CommitResult> commit(CommitAction action) {
        if (action instanceof Create create) {
            SessionToken token = create.token();
            return stored(action, token.id(), store.create(token.id(), create.session()),
                    created -> created(token, created));
        }
        if (action instanceof Update update) {
            SessionId id = update.loaded().token().id();
            return stored(action, id, store.update(id, update.update()), outcome -> updated(update, outcome));
        }
        if (action instanceof Destroy destroy) {
            SessionId id = destroy.loaded().token().id();
            return stored(action, id, store.destroy(id, destroy.loaded().presented()), result -> destroyed(id, result));
        }
        if (action instanceof Replace replace) {
            SessionToken token = replace.create().token();
            // One step for the store: a new session that a limit refuses must not cost the old one.
            SessionId old = replace.loaded().token().id();
            return stored(action, old,
                    store.replace(old, replace.loaded().presented(), policy.revocationGrace(), token.id(),
                            replace.create().session()),
                    replaced -> replaced(old, token, replaced));
        }
        if (action instanceof Refuse) {
            return CompletableFuture.completedStage(counted(action, new Refused()));
        }
        throw new IllegalArgumentException("Nothing to commit");
    }

    /**
     * Ends the session that a commit has made or renewed on purpose, if any: its token cannot be handed to the client, so
     * nobody could use it. A token that was renewed by its age needs no such thing, as the one before is still valid then.
     */
    public void abandon(CommitAction action) {
        SessionToken lost = action instanceof Create create ? create.token()
                : action instanceof Replace replace ? replace.create().token()
                        : action instanceof Update update && update.update().tokenChange() instanceof TokenChange.Renew
                                ? update.next()
                                : null;
        if (lost != null) {
            abandoned.end(lost);
        }
    }

    private <T> CompletionStage<CommitResult> stored(CommitAction action, SessionId id, CompletionStage<T> work,
            Function<T, CommitResult> result) {
        return work.handle((done, failure) -> failure == null ? counted(action, result.apply(done))
                : failed(action, id, failure));
    }

    private CommitResult counted(CommitAction action, CommitResult result) {
        events.metrics().committed(action, result.outcome());
        return result;
    }

    private CommitResult failed(CommitAction action, SessionId id, Throwable failure) {
        if (StoreFailures.asSessionException(failure) instanceof SessionLimitException limit) {
            LOG.debugf("Session %s was not stored: %s", id, limit.getMessage());
            return counted(action, new LimitReached(limit));
        }
        events.metrics().committed(action, Outcome.FAILED);
        abandon(action);
        NOT_STORED.log("Session %s could not be stored: %s", id, failure);
        throw StoreFailures.asStoreException(failure);
    }

    private CommitResult replaced(SessionId old, SessionToken token, Replaced replaced) {
        CommitResult ended = destroyed(old, replaced.old());
        return replaced.created() == null ? ended : created(token, replaced.created());
    }

    private CommitResult destroyed(SessionId id, DestroyResult result) {
        if (result == DestroyResult.DESTROYED) {
            events.fire(new Destroyed(id, Destroyed.Cause.USER));
        }
        return result == DestroyResult.SUPERSEDED ? new Refused() : new Remove();
    }

    private CommitResult created(SessionToken token, Created created) {
        events.fire(new SessionEvent.Created(token.id()));
        return send(token, created.now(), created.expires());
    }

    private CommitResult updated(Update update, UpdateResult outcome) {
        SessionToken presented = update.loaded().token();
        if (outcome instanceof UpdateResult.TooLarge) {
            return new CommitResult.TooLarge();
        }
        if (!(outcome instanceof Updated updated)) {
            // A renewal of its own accord that comes too late is nobody's loss; a change that the application made is.
            return update.requested() ? new Refused() : new Quiet(Outcome.SKIPPED);
        }
        return switch (updated.token()) {
            case REPLACED -> {
                boolean timed = update.update().tokenChange() instanceof TokenChange.Rotate;
                events.fire(new SessionEvent.Renewed(presented.id(), timed));
                yield send(update.next(), updated.now(), updated.expires());
            }
            case CURRENT -> update.update().expiry() == null ? new Quiet(Outcome.STORED)
                    : send(presented, updated.now(), updated.expires());
            // The request that replaced the token has sent its successor: the old one must not overwrite that.
            case IN_GRACE -> new Quiet(Outcome.STORED);
        };
    }

    private Send send(SessionToken token, Instant now, Instant expires) {
        return new Send(tokens.encode(token), Duration.between(now, expires));
    }
}
