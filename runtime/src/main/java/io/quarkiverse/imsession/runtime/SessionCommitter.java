package io.quarkiverse.imsession.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;

import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.runtime.CommitAction.Create;
import io.quarkiverse.imsession.runtime.CommitAction.Destroy;
import io.quarkiverse.imsession.runtime.CommitAction.Replace;
import io.quarkiverse.imsession.runtime.CommitAction.Update;
import io.quarkiverse.imsession.runtime.CommitResult.LimitReached;
import io.quarkiverse.imsession.runtime.CommitResult.Quiet;
import io.quarkiverse.imsession.runtime.CommitResult.Refused;
import io.quarkiverse.imsession.runtime.CommitResult.Remove;
import io.quarkiverse.imsession.runtime.CommitResult.Send;
import io.quarkiverse.imsession.runtime.SessionMetrics.Outcome;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/** Stores what a request leaves behind. */
public final class SessionCommitter {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog NOT_STORED = new LimitedLog(LOG, Level.ERROR);

    private final SessionStore store;
    private final TokenCodec tokens;
    private final SessionPolicy policy;
    private final SessionEvents events;

    SessionCommitter(SessionStore store, TokenCodec tokens, SessionPolicy policy, SessionEvents events) {
        this.store = store;
        this.tokens = tokens;
        this.policy = policy;
        this.events = events;
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
            return stored(action, token.id(), () -> store.create(token.id(), create.session()),
                    created -> created(token, created));
        }
        if (action instanceof Update update) {
            SessionId id = update.loaded().token().id();
            return stored(action, id, () -> store.update(id, update.update()), outcome -> updated(update, outcome));
        }
        if (action instanceof Destroy destroy) {
            return stored(action, destroy.id(), () -> store.destroy(destroy.id()), ended -> destroyed(destroy.id(), ended));
        }
        if (action instanceof Replace replace) {
            SessionToken token = replace.create().token();
            // One step for the store: a new session that a limit refuses must not cost the old one.
            return stored(action, replace.id(), () -> store.replace(replace.id(), token.id(), replace.create().session()),
                    replaced -> replaced(replace, replaced));
        }
        throw new IllegalArgumentException("Nothing to commit");
    }

    private <T> CompletionStage<CommitResult> stored(CommitAction action, SessionId id, Supplier<CompletionStage<T>> work,
            Function<T, CommitResult> result) {
        return StoreFailures.guard(work).handle((done, failure) -> failure == null ? counted(action, result.apply(done))
                : failed(action, id, failure));
    }

    private CommitResult counted(CommitAction action, CommitResult result) {
        events.metrics().committed(action, result.outcome());
        return result;
    }

    private CommitResult failed(CommitAction action, SessionId id, Throwable failure) {
        if (StoreFailures.asSessionException(failure) instanceof SessionLimitException limit) {
            LOG.debugf("Session %s was not stored: %s", id, limit.getMessage());
            return counted(action, new LimitReached());
        }
        events.metrics().committed(action, Outcome.FAILED);
        NOT_STORED.log("Session %s could not be stored: %s", id, failure);
        throw StoreFailures.asStoreException(failure);
    }

    private CommitResult replaced(Replace replace, Replaced replaced) {
        if (replaced.ended()) {
            events.fire(new Destroyed(replace.id(), Destroyed.Cause.USER));
        }
        return created(replace.create().token(), replaced.created());
    }

    private CommitResult destroyed(SessionId id, boolean ended) {
        if (ended) {
            events.fire(new Destroyed(id, Destroyed.Cause.USER));
        }
        return new Remove();
    }

    private CommitResult created(SessionToken token, Created created) {
        events.fire(new SessionEvent.Created(token.id()));
        return send(token, created.now(), created.expires());
    }

    private CommitResult updated(Update update, UpdateResult outcome) {
        SessionToken presented = update.loaded().token();
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
