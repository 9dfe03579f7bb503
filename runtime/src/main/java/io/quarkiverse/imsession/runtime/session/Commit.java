package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.RequestRefusedException;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.SessionTooLargeException;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.CommitAction.Create;
import io.quarkiverse.imsession.runtime.session.CommitAction.Destroy;
import io.quarkiverse.imsession.runtime.session.CommitAction.Replace;
import io.quarkiverse.imsession.runtime.session.CommitAction.Update;
import io.quarkiverse.imsession.runtime.session.CommitResult.Remove;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.runtime.session.RequestChanges.Place;
import io.quarkiverse.imsession.runtime.session.SessionMetrics.Outcome;
import io.quarkiverse.imsession.spi.AppliedUpdate;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenState;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;

/** One commit: stores the changes of a request, and repeats them if another request has changed what they depend on. */
final class Commit {

    private static final int OK = 200;
    private static final long FIRST_VERSION = 1;

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");
    private static final LimitedLog NOT_STORED = new LimitedLog(LOG, Level.ERROR);
    private static final LimitedLog NOT_LOADED = new LimitedLog(LOG, Level.ERROR);
    private static final LimitedLog UNEXPECTED = new LimitedLog(LOG, Level.ERROR);
    private static final LimitedLog NOT_REPEATED = new LimitedLog(LOG, Level.ERROR);

    private final SessionCommitter.Parts parts;
    private final RequestSession session;
    private final int status;
    private final boolean onDemand;
    private final Answer answer;
    private final CompletableFuture<CommitResult> result = new CompletableFuture<>();
    private boolean canTell;
    private Draft draft;
    private int attempts;
    private UpdateTurns.@Nullable Turn turn;
    private @Nullable SessionState stored;

    // Both are guarded by this.
    private boolean unheard;
    private @Nullable Throwable failure;

    /** @param onDemand whether the application asked for the commit, and gets its failure */
    private Commit(SessionCommitter.Parts parts, RequestSession session, int status, Answer answer, boolean onDemand) {
        this.parts = parts;
        this.session = session;
        this.status = status;
        this.onDemand = onDemand;
        this.answer = answer;
    }

    /** The commit of a request whose response begins with this status. */
    static Commit atResponse(SessionCommitter.Parts parts, RequestSession session, int status, Answer answer) {
        return new Commit(parts, session, status, answer, false);
    }

    /** A commit that the application asked for. */
    static Commit onDemand(SessionCommitter.Parts parts, RequestSession session) {
        return new Commit(parts, session, OK, session.answer(), true);
    }

    /** Whether the commit of a request whose response begins has nothing to store. */
    static boolean isNothing(SessionCommitter.Parts parts, SessionState state, int status, Answer answer) {
        return CommitPlan.of(state, status, parts.policy(), parts.tokens()::renew, answer::client) == null;
    }

    /** Completes when the commit is over, with what the client must be told. */
    CompletionStage<CommitResult> result() {
        return result;
    }

    /** The session as it was stored by this commit, which was asked for by the application and has succeeded. */
    SessionState stored() {
        return Objects.requireNonNull(stored);
    }

    /** The application does not wait for it any more, so the response tells its failure. */
    synchronized void unheard() {
        unheard = true;
        if (failure != null) {
            session.commits().failedUnnoticed(failure);
        }
    }

    /** Decides what to store, and begins to store it. False if there is nothing to store, and nothing to tell the client. */
    boolean begin(Place place) {
        canTell = !onDemand || place.canTell();
        @Nullable
        CommitAction action;
        try {
            draft = session.beginCommit(place.lastChange());
            Throwable failure = draft.failure();
            if (failure != null) {
                fail(notRepeated(failure));
                return true;
            }
            Throwable untold = onDemand || CommitPlan.discards(status, parts.policy()) ? null
                    : session.commits().untoldFailure();
            if (untold != null) {
                fail(untoldFailure(untold));
                return true;
            }
            action = plan(draft.planned());
        } catch (Throwable e) {
            fail(e);
            return true;
        }
        LoadedSession loaded = draft.base().loaded();
        if (action != null) {
            answer.execute(() -> carryOut(action));
        } else if (onDemand && loaded != null) {
            answer.execute(() -> loadAgain(loaded));
        } else {
            return confirm(draft::base, null) || session.untold() != CommitResult.KEEP;
        }
        return true;
    }

    /**
     * Makes the changes again, of the session as the store has it now. They change nothing in the session as it was loaded, but
     * that may be long ago, as in a WebSocket.
     */
    private void loadAgain(LoadedSession loaded) {
        SessionId id = loaded.token().id();
        parts.store().load(id).whenComplete((stored, failure) -> guarded(() -> {
            if (failure != null) {
                NOT_LOADED.log("Session %s could not be loaded anew: %s", id, failure);
                throw StoreFailures.asStoreException(failure);
            }
            if (stored == null || stored.isReplaced() || !loaded.as(stored).check().isValid()) {
                throw SessionConflictException.ended();
            }
            repeat(loaded.as(stored));
        }));
    }

    private @Nullable CommitAction plan(SessionState state) {
        if (!canTell && (state.madeToken() != null || state.renewedToken() != null)) {
            // The response began while another thread changed the session.
            throw SessionCommittedException.needsToken("commit");
        }
        return CommitPlan.of(state, status, parts.policy(), canTell ? parts.tokens()::renew : null, answer::client);
    }

    private void carryOut(CommitAction action) {
        GuardedStore store = parts.store();
        if (action instanceof Create create) {
            then(create, create.token().id(), store.create(create.token().id(), create.session()),
                    created -> created(create, create, created));
        } else if (action instanceof Update update) {
            update(update);
        } else if (action instanceof Destroy destroy) {
            then(destroy, destroy.id(), store.destroy(destroy.id(), destroy.presented()),
                    answered -> destroyed(destroy, answered));
        } else if (action instanceof Replace replace) {
            // This is one step for the store: if a limit refuses the new session, the old one must stay.
            SessionId old = replace.old().id();
            Create create = replace.create();
            then(replace, old, store.replace(old, replace.old().presented(), parts.policy().revocationGrace(),
                    create.token().id(), create.session()), replaced -> replaced(replace, replaced));
        } else {
            fail(refused(action, SessionConflictException.ended()));
        }
    }

    private <T> void then(CommitAction action, SessionId id, CompletionStage<T> stored, Consumer<T> next) {
        stored.whenComplete((answered, failure) -> guarded(() -> {
            if (failure != null) {
                throw failed(action, id, failure);
            }
            next.accept(answered);
        }));
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            fail(e);
        }
    }

    private RequestRefusedException failed(CommitAction action, SessionId id, Throwable failure) {
        if (Failures.unwrap(failure) instanceof SessionLimitException limit) {
            LOG.debugf("Session %s was not stored: %s", id, limit.getMessage());
            count(action, Outcome.LIMIT);
            return limit;
        }
        count(action, Outcome.FAILED);
        SessionToken maybeStored = action.onlyCopy();
        if (maybeStored != null) {
            parts.abandoned().end(maybeStored);
        }
        return notStored(id, failure);
    }

    private static SessionStoreException notStored(SessionId id, Throwable failure) {
        NOT_STORED.log("Session %s could not be stored: %s", id, failure);
        return StoreFailures.asStoreException(failure);
    }

    private void created(CommitAction action, Create create, Created created) {
        count(action, Outcome.STORED);
        news().created(create);
        end(send(action, create.token(), FIRST_VERSION, created.now(), created.expiresAt()),
                () -> state(create.token(), TokenState.Check.CURRENT, StoredSession.of(create.session(), created.now())), null);
    }

    private void replaced(Replace replace, Replaced replaced) {
        tellIfDestroyed(replace.old(), replaced.old());
        if (replaced.created() == null) {
            throw refused(replace, SessionConflictException.ended());
        }
        created(replace, replace.create(), replaced.created());
    }

    private void destroyed(Destroy destroy, DestroyResult answered) {
        tellIfDestroyed(destroy, answered);
        if (answered == DestroyResult.SUPERSEDED) {
            throw refused(destroy, SessionConflictException.ended());
        }
        count(destroy, Outcome.STORED);
        end(new Remove(), () -> draft.base().on(null), null);
    }

    private void tellIfDestroyed(Destroy destroy, DestroyResult answered) {
        if (answered == DestroyResult.DESTROYED) {
            news().destroyed(destroy, draft.base().loaded().stored());
        }
    }

    private CommitNews news() {
        return new CommitNews(parts.events(), answer);
    }

    private void update(Update update) {
        SessionId id = update.presented().id();
        if (turn == null && parts.turns().areFor(id, update.update().expected())) {
            takeTurn(update, update.update().basis());
        } else {
            attempts++;
            then(update, id, parts.store().update(id, update.update()), answered -> updated(update, answered));
        }
    }

    private void updated(Update update, UpdateResult answered) {
        if (answered instanceof Updated updated) {
            count(update, Outcome.STORED);
            stored(update, updated);
        } else if (answered instanceof UpdateResult.Changed changed) {
            if (attempts == UpdateTurns.MOST_ATTEMPTS) {
                throw refused(update, SessionConflictException.contended());
            }
            if (turn == null) {
                takeTurn(update, changed.session());
            } else {
                turn.disturbed();
                repeat(update, changed.session());
            }
        } else if (answered instanceof UpdateResult.TooLarge) {
            throw refused(update, SessionConflictException.tooLarge());
        } else {
            tooLate(update);
        }
    }

    /** The session has ended, or the application has renewed its token. */
    private void tooLate(Update update) {
        if (update.requested() || onDemand) {
            throw refused(update, SessionConflictException.ended());
        }
        // The only change was a timed renewal.
        count(update, Outcome.SKIPPED);
        end(CommitResult.KEEP, draft::base, null);
    }

    /** @param known the latest version of the session that is known */
    private void takeTurn(Update update, StoredSession known) {
        parts.turns().take(update.presented().id(), update.update().expected())
                .whenComplete((taken, late) -> answer.execute(() -> guarded(() -> {
                    if (late != null) {
                        throw refused(update, (SessionConflictException) late);
                    }
                    turn = taken;
                    StoredSession latest = taken == null ? known : taken.latest(known);
                    if (update.update().isExpected(latest)) {
                        update(update);
                    } else {
                        repeat(update, latest);
                    }
                })));
    }

    /** Makes the changes again, of the session as another request has stored it. */
    private void repeat(Update before, StoredSession latest) {
        LoadedSession later = draft.base().loaded().as(latest);
        if (later.check().isValid()) {
            repeat(later);
        } else {
            tooLate(before);
        }
    }

    private void repeat(LoadedSession later) {
        if (draft.committing() != null && later.stored().version() != draft.base().loaded().stored().version()) {
            parts.events().metrics().repeated();
        }
        @Nullable
        CommitAction action;
        try {
            action = plan(draft.repeated(later));
        } catch (Throwable e) {
            fail(notRepeated(e));
            return;
        }
        if (action == null) {
            if (canTell) {
                session.commits().tellLater(later.seen(parts.tokens()));
            }
            confirm(() -> draft.base().on(later), later.stored());
        } else {
            carryOut(action);
        }
    }

    /**
     * Ends the commit with nothing to store. If the application asked for changes that are there already, the client is told so
     * only if the store is sure of them: they may be those of a request that was refused.
     *
     * @return whether the store is being asked
     */
    private boolean confirm(Supplier<SessionState> after, @Nullable StoredSession latest) {
        SessionId id = session.presented();
        boolean asked = draft.committing() != null && !CommitPlan.discards(status, parts.policy());
        if (!asked || id == null || !parts.store().hasToConfirm()) {
            end(CommitResult.KEEP, after, latest);
            return false;
        }
        answer.execute(() -> parts.store().confirm(id).whenComplete((sure, failure) -> guarded(() -> {
            if (failure != null) {
                throw notStored(id, failure);
            }
            end(CommitResult.KEEP, after, latest);
        })));
        return true;
    }

    private static Throwable untoldFailure(Throwable failure) {
        Throwable cause = Failures.unwrap(failure);
        return cause instanceof RequestRefusedException ? cause : SessionConflictException.failed(cause);
    }

    private Throwable notRepeated(Throwable failure) {
        if (failure instanceof SessionTooLargeException) {
            return SessionConflictException.tooLarge();
        }
        if (onDemand) {
            return failure;
        }
        NOT_REPEATED.logWithTrace(failure,
                "A change of session %s failed when it was made again, as another request had changed"
                        + " what it depends on",
                session.id().orElse(null));
        return SessionConflictException.failed(failure);
    }

    private void stored(Update update, Updated updated) {
        news().updated(update, updated);
        CommitResult told = switch (updated.token()) {
            case REPLACED -> send(update, update.next(), version(update, updated), updated.now(), updated.expiresAt());
            case CURRENT -> update.update().expiry() == null ? CommitResult.KEEP
                    : send(update, update.presented(), version(update, updated), updated.now(), updated.expiresAt());
            // Another request has replaced the token and sent its successor, which the old token must not overwrite.
            case IN_GRACE -> CommitResult.KEEP;
        };
        SessionToken token = updated.token() == PresentedToken.REPLACED ? update.next() : update.presented();
        TokenState.Check check = updated.token() == PresentedToken.IN_GRACE ? TokenState.Check.IN_GRACE
                : TokenState.Check.CURRENT;
        end(told, () -> state(token, check, after(update, updated)), turn == null ? null : after(update, updated));
    }

    /** The session after an update that was stored. */
    static StoredSession after(Update update, Updated updated) {
        StoredSession session = AppliedUpdate.stored(update.update(), updated);
        return session != null ? session : update.update().basis();
    }

    private SessionState state(SessionToken token, TokenState.Check check, StoredSession stored) {
        return draft.base().on(new LoadedSession(token, check, stored));
    }

    private static long version(Update update, Updated updated) {
        return updated.session() != null ? updated.session().version() : update.update().basis().version() + 1;
    }

    private Send send(CommitAction action, SessionToken token, long version, Instant now, Instant expires) {
        return new Send(parts.tokens().encode(token, version), Duration.between(now, expires), action.isRemembered(),
                action.onlyCopy());
    }

    private SessionConflictException refused(CommitAction action, SessionConflictException reason) {
        count(action, Outcome.CONFLICT);
        return reason;
    }

    private void count(CommitAction action, Outcome outcome) {
        parts.events().metrics().committed(action, outcome);
    }

    /**
     * @param after computes the session as it is stored now
     * @param latest the stored session, for the next update of the session; null if it is not known
     */
    private void end(CommitResult told, Supplier<SessionState> after, @Nullable StoredSession latest) {
        endTurn(latest);
        if (onDemand) {
            SessionState now = after.get();
            stored = now;
            session.endCommit(() -> now);
        } else {
            session.endCommit(after);
        }
        CommitResult sum = canTell ? session.commits().tellLater(told) : told;
        if (!onDemand && told == CommitResult.KEEP && sum instanceof Send earlier && earlier.onlyCopy() == null
                && session.commits().isLate()) {
            tellIfCurrent();
            return;
        }
        if (onDemand && sum instanceof Send sent && sent.onlyCopy() != null) {
            answer.owesToken();
        }
        result.complete(sum);
    }

    /**
     * Tells the client what it could have been told some time ago. Since then another request may have replaced the token, and
     * this response must not overwrite its successor, nor tell an earlier version or end.
     */
    private void tellIfCurrent() {
        LoadedSession loaded = Objects.requireNonNull(draft.base().loaded());
        answer.execute(() -> parts.store().load(loaded.token().id()).whenComplete((latest, failure) -> guarded(() -> {
            LoadedSession now = latest == null || latest.isReplaced() ? null : loaded.as(latest);
            result.complete(now == null ? CommitResult.KEEP : now.told(parts.tokens()));
        })));
    }

    private void fail(Throwable failure) {
        if (!onDemand && !(Failures.unwrap(failure) instanceof RequestRefusedException)) {
            UNEXPECTED.logWithTrace(failure, "The commit of session %s has failed, perhaps after it was stored",
                    session.id().orElse(null));
        }
        if (turn != null && failure instanceof SessionStoreException) {
            turn.giveUp();
            turn = null;
        }
        endTurn(null);
        session.dropCommit();
        synchronized (this) {
            this.failure = failure;
            if (unheard) {
                // The commits that wait for the result would be too early for a callback of it.
                session.commits().failedUnnoticed(failure);
            }
        }
        result.completeExceptionally(failure);
    }

    private void endTurn(@Nullable StoredSession latest) {
        if (turn != null) {
            turn.end(latest);
            turn = null;
        }
    }
}
