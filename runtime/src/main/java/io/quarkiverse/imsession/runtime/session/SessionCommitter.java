package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.CommitAction.Create;
import io.quarkiverse.imsession.runtime.session.CommitAction.Destroy;
import io.quarkiverse.imsession.runtime.session.CommitAction.Replace;
import io.quarkiverse.imsession.runtime.session.CommitAction.Update;
import io.quarkiverse.imsession.runtime.session.CommitResult.Keep;
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

/** Stores the changes of a request. */
public final class SessionCommitter {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog NOT_STORED = new LimitedLog(LOG, Level.ERROR);

    private static final int SWITCHING_PROTOCOLS = 101;

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
     * Stores the changes of a request. They are decided at once, and the session cannot be changed any more.
     *
     * @param status the status of the response
     * @param client returns the attributes of a client that gets a token; called only if it gets one
     * @param place calls the store
     * @return null if there is nothing to store; otherwise a stage that fails with the reason if nothing was stored
     */
    public @Nullable CompletionStage<CommitResult> commit(RequestSession session, int status,
            Supplier<Map<String, String>> client, Executor place) {
        CommitAction action = CommitPlan.of(session.freeze(status == SWITCHING_PROTOCOLS), status, policy, tokens::renew,
                client);
        if (action == null) {
            return null;
        }
        CompletableFuture<CommitResult> told = new CompletableFuture<>();
        place.execute(() -> carryOut(action, told));
        return told;
    }

    /** Ends the session of a commit whose token could not be handed to the client, unless the client can still use it. */
    public void abandon(CommitResult result) {
        if (result instanceof Send send && send.onlyCopy() != null) {
            abandoned.end(send.onlyCopy());
        }
    }

    private void carryOut(CommitAction action, CompletableFuture<CommitResult> told) {
        if (action instanceof Create create) {
            SessionId id = create.token().id();
            tell(told, create, id, store.create(id, create.session()), created -> created(create, create.token(), created));
        } else if (action instanceof Update update) {
            SessionId id = update.presented().id();
            tell(told, update, id, store.update(id, update.update()), result -> updated(update, result));
        } else if (action instanceof Destroy destroy) {
            tell(told, destroy, destroy.id(), store.destroy(destroy.id(), destroy.presented()),
                    result -> destroyed(destroy, result));
        } else if (action instanceof Replace replace) {
            // This is one step for the store: if a limit refuses the new session, the old one must stay.
            SessionId old = replace.old().id();
            Create create = replace.create();
            tell(told, replace, old, store.replace(old, replace.old().presented(), policy.revocationGrace(),
                    create.token().id(), create.session()), replaced -> replaced(replace, replaced));
        } else {
            told.completeExceptionally(refused(action, SessionConflictException.ended()));
        }
    }

    private <T> void tell(CompletableFuture<CommitResult> told, CommitAction action, SessionId id, CompletionStage<T> stored,
            Function<T, CommitResult> result) {
        stored.whenComplete((answer, failure) -> {
            try {
                if (failure != null) {
                    throw failed(action, id, failure);
                }
                told.complete(result.apply(answer));
            } catch (RuntimeException e) {
                told.completeExceptionally(e);
            }
        });
    }

    private RequestRefusedException failed(CommitAction action, SessionId id, Throwable failure) {
        if (Failures.unwrap(failure) instanceof SessionLimitException limit) {
            LOG.debugf("Session %s was not stored: %s", id, limit.getMessage());
            count(action, Outcome.LIMIT);
            return limit;
        }
        count(action, Outcome.FAILED);
        SessionToken maybeStored = onlyCopy(action);
        if (maybeStored != null) {
            abandoned.end(maybeStored);
        }
        NOT_STORED.log("Session %s could not be stored: %s", id, failure);
        return StoreFailures.asStoreException(failure);
    }

    private CommitResult created(CommitAction action, SessionToken token, Created created) {
        count(action, Outcome.STORED);
        events.fire(new SessionEvent.Created(token.id()));
        return send(action, token, created.now(), created.expiresAt());
    }

    private CommitResult replaced(Replace replace, Replaced replaced) {
        tellIfDestroyed(replace.old(), replaced.old());
        if (replaced.created() == null) {
            throw refused(replace, SessionConflictException.ended());
        }
        return created(replace, replace.create().token(), replaced.created());
    }

    private CommitResult destroyed(Destroy destroy, DestroyResult result) {
        tellIfDestroyed(destroy, result);
        if (result == DestroyResult.SUPERSEDED) {
            throw refused(destroy, SessionConflictException.ended());
        }
        count(destroy, Outcome.STORED);
        return new Remove();
    }

    private void tellIfDestroyed(Destroy destroy, DestroyResult result) {
        if (result == DestroyResult.DESTROYED) {
            events.fire(new Destroyed(destroy.id(), Destroyed.Cause.REQUEST, destroy.principal()));
        }
    }

    private CommitResult updated(Update update, UpdateResult result) {
        if (result instanceof UpdateResult.TooLarge) {
            throw refused(update, SessionConflictException.tooLarge());
        }
        if (!(result instanceof Updated updated)) {
            if (update.requested()) {
                throw refused(update, SessionConflictException.ended());
            }
            // The only change was a timed renewal, which came too late.
            count(update, Outcome.SKIPPED);
            return new Keep();
        }
        count(update, Outcome.STORED);
        return switch (updated.token()) {
            case REPLACED -> {
                boolean timed = update.update().tokenChange() instanceof TokenChange.Rotate;
                events.fire(new SessionEvent.Renewed(update.presented().id(), timed));
                yield send(update, update.next(), updated.now(), updated.expiresAt());
            }
            case CURRENT -> update.update().expiry() == null ? new Keep()
                    : send(update, update.presented(), updated.now(), updated.expiresAt());
            // Another request has replaced the token and sent its successor, which the old token must not overwrite.
            case IN_GRACE -> new Keep();
        };
    }

    private Send send(CommitAction action, SessionToken token, Instant now, Instant expires) {
        return new Send(tokens.encode(token), Duration.between(now, expires), onlyCopy(action));
    }

    /**
     * The token that is lost if the response does not reach the client: that of a session that is created, or renewed by the
     * application. After a timed renewal the old token stays valid for a while.
     */
    private static @Nullable SessionToken onlyCopy(CommitAction action) {
        return action instanceof Create create ? create.token()
                : action instanceof Replace replace ? replace.create().token()
                        : action instanceof Update update && update.update().tokenChange() instanceof TokenChange.Renew
                                ? update.next()
                                : null;
    }

    private SessionConflictException refused(CommitAction action, SessionConflictException reason) {
        count(action, Outcome.CONFLICT);
        return reason;
    }

    private void count(CommitAction action, Outcome outcome) {
        events.metrics().committed(action, outcome);
    }
}
