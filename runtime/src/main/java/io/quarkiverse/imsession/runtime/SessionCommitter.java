package io.quarkiverse.imsession.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jboss.logging.Logger;

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
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/** Stores what a request leaves behind. */
public final class SessionCommitter {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");

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
        CompletionStage<? extends CommitResult> result;
        SessionId id;
        if (action instanceof Create create) {
            id = create.token().id();
            result = create(create);
        } else if (action instanceof Update update) {
            id = update.loaded().token().id();
            result = update(update);
        } else if (action instanceof Destroy destroy) {
            id = destroy.id();
            result = destroy(id).thenApply(ended -> new Remove());
        } else if (action instanceof Replace replace) {
            id = replace.id();
            result = replace(replace);
        } else {
            throw new IllegalArgumentException("Nothing to commit");
        }
        return result.handle((done, failure) -> {
            if (failure != null && StoreFailures.asSessionException(failure) instanceof SessionLimitException limit) {
                LOG.debugf("Session %s was not stored: %s", id, limit.getMessage());
                return new LimitReached();
            }
            if (failure != null) {
                LOG.errorf("Session %s could not be stored: %s", id, StoreFailures.describe(failure));
                throw StoreFailures.asStoreException(failure);
            }
            return done;
        });
    }

    private CompletionStage<CommitResult> create(Create create) {
        SessionToken token = create.token();
        return StoreFailures.guard(() -> store.create(token.id(), create.session()))
                .thenApply(created -> created(token, created));
    }

    /** One step for the store: a new session that a limit refuses must not cost the old one. */
    private CompletionStage<CommitResult> replace(Replace replace) {
        SessionToken token = replace.create().token();
        return StoreFailures.guard(() -> store.replace(replace.id(), token.id(), replace.create().session()))
                .thenApply(replaced -> {
                    if (replaced.ended()) {
                        events.fire(new Destroyed(replace.id(), Destroyed.Cause.USER));
                    }
                    return created(token, replaced.created());
                });
    }

    private CommitResult created(SessionToken token, Created created) {
        events.fire(new SessionEvent.Created(token.id()));
        return send(token, created.now(), created.expires());
    }

    private CompletionStage<CommitResult> update(Update update) {
        SessionId id = update.loaded().token().id();
        return StoreFailures.guard(() -> store.update(id, update.update())).thenApply(outcome -> updated(update, outcome));
    }

    private CompletionStage<Boolean> destroy(SessionId id) {
        return StoreFailures.guard(() -> store.destroy(id)).thenApply(ended -> {
            if (ended) {
                events.fire(new Destroyed(id, Destroyed.Cause.USER));
            }
            return ended;
        });
    }

    private CommitResult updated(Update update, UpdateResult outcome) {
        SessionToken presented = update.loaded().token();
        if (!(outcome instanceof Updated updated)) {
            // A renewal of its own accord that comes too late is nobody's loss; a change that the application made is.
            return update.requested() ? new Refused() : new Quiet();
        }
        return switch (updated.token()) {
            case REPLACED -> {
                boolean timed = update.update().tokenChange() instanceof TokenChange.Rotate;
                events.fire(new SessionEvent.Renewed(presented.id(), timed));
                yield send(update.next(), updated.now(), updated.expires());
            }
            case CURRENT -> update.update().expiry() == null ? new Quiet()
                    : send(presented, updated.now(), updated.expires());
            // The request that replaced the token has sent its successor: the old one must not overwrite that.
            case IN_GRACE -> new Quiet();
        };
    }

    private Send send(SessionToken token, Instant now, Instant expires) {
        return new Send(tokens.encode(token), Duration.between(now, expires));
    }
}
