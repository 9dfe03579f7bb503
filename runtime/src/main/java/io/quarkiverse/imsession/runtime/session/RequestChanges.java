package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jboss.logging.Logger;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Flash;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkiverse.imsession.runtime.log.LimitedLog;
import io.quarkiverse.imsession.runtime.session.CommitResult.Send;
import io.quarkiverse.imsession.spi.SessionToken;

/**
 * How the session of a request changes: it has an immutable draft, replaces it with each change, and hands the changes to
 * commits. Which changes there are is said by {@link RequestSession}; this is its superclass and no object beside it, as each
 * request has one.
 */
abstract class RequestChanges implements ImSession {

    private static final LimitedLog UNCOMMITTED = new LimitedLog(Logger.getLogger("io.quarkiverse.imsession"), Level.ERROR);
    /** The greatest number of changes that wait for a commit on demand. */
    private static final int MOST_UNCOMMITTED = 1000;

    /** How far the response is. */
    private enum Phase {
        /** No byte was written yet, so the client can get a token. */
        OPEN,
        BEGUN,
        /** The request has become a WebSocket. */
        UPGRADED
    }

    final TokenCodec tokens;
    final SessionPolicy policy;
    private final AtomicReference<Draft> draft;
    private final RequestCommits commits = new RequestCommits();
    private volatile @Nullable SessionFlash flash;
    private volatile Answer answer = Answer.NONE;
    private volatile Phase phase = Phase.OPEN;
    private volatile @Nullable Consumer<ImSession> marker;
    /** Null unless the request has become a WebSocket. */
    private volatile @Nullable Upgrade upgrade;

    RequestChanges(SessionState state, TokenCodec tokens, SessionPolicy policy) {
        this.draft = new AtomicReference<>(Draft.of(state));
        this.tokens = tokens;
        this.policy = policy;
    }

    /** The session with all changes. */
    final SessionState seen() {
        return draft.get().seen();
    }

    /** The session as it was loaded or stored last, as far as is known, without changes of this request. */
    final SessionState base() {
        return draft.get().base();
    }

    /** @param response the response to the request; it is asked before and after commits */
    public final void answeredBy(Answer response) {
        answer = response;
    }

    final Answer answer() {
        return answer;
    }

    /** Passes the session to a marker: now, if there is one, and each time that one is made later. */
    public final void mark(SessionMarker marker) {
        Consumer<ImSession> begun = marker.begin();
        this.marker = begun;
        if (exists()) {
            begun.accept(this);
        }
    }

    private void markAgain() {
        Consumer<ImSession> begun = marker;
        if (begun != null) {
            begun.accept(this);
        }
    }

    @Override
    public final synchronized Flash flash() {
        if (flash == null) {
            flash = new SessionFlash(this::seen, this::change, tokens, policy);
        }
        return flash;
    }

    /**
     * Replaces the draft.
     *
     * @param operation the method that asks for this, for exceptions
     * @param change a pure function; it is called again if another thread, or another request, has changed the session
     *        meanwhile
     */
    final void change(String operation, UnaryOperator<SessionState> change) {
        checkNotWithin(operation);
        if (phase != Phase.OPEN) {
            if (phase == Phase.BEGUN && answer.hasEnded()) {
                throw new SessionCommittedException(operation);
            }
            settle();
        }
        Draft before;
        SessionState after;
        do {
            before = draft.get();
            if (phase != Phase.OPEN && before.waits() >= MOST_UNCOMMITTED) {
                throw new IllegalStateException("ImSession." + operation + "() was called after " + MOST_UNCOMMITTED
                        + " changes that are not stored, after the response had begun or in a WebSocket: call"
                        + " ImSession.commit(), and go on when its Uni has completed");
            }
            if (before.seen().obstacle() != null) {
                throw before.seen().obstacle().apply(operation);
            }
            after = change.apply(before.seen());
            if (phase != Phase.OPEN && makesToken(before.seen(), after)) {
                throw phase == Phase.UPGRADED ? SessionCommittedException.inWebSocket(operation)
                        : SessionCommittedException.needsToken(operation);
            }
        } while (!draft.compareAndSet(before, before.and(change, after)));
        if (phase != Phase.OPEN) {
            answer.changedLate();
        }
        if (after.madeToken() != null && after.madeToken() != before.seen().madeToken()) {
            markAgain();
        }
    }

    static void checkNotWithin(String operation) {
        ChangeFunction.checkNotWithin("ImSession." + operation + "()");
    }

    private static boolean makesToken(SessionState before, SessionState after) {
        return after.madeToken() != null && after.madeToken() != before.madeToken()
                || after.renewedToken() != null && after.renewedToken() != before.renewedToken();
    }

    /**
     * Goes on with the session that another request of the same client has made or renewed meanwhile, and tells its token too.
     * This session stays if the request has changed it already, unless it has ended, or if its response has begun.
     *
     * @return a stage that has whether there is still a session with that token
     */
    public final CompletionStage<Boolean> goOnWith(String text, GuardedStore store) {
        SessionToken token = tokens.decode(text);
        return token == null ? CompletableFuture.completedStage(false) : store.load(token.id()).thenApply(stored -> {
            if (stored == null || stored.isReplaced()) {
                return false;
            }
            LoadedSession other = new LoadedSession(token, stored.token().check(token.hash(), stored.now()), stored);
            if (other.check().isValid()) {
                goOnWith(other);
            }
            return other.check().isValid();
        });
    }

    private void goOnWith(LoadedSession other) {
        Draft before = draft.get();
        if (before.canGoOnWithOther() && phase == Phase.OPEN
                && draft.compareAndSet(before, before.goOnWith(SessionState.of(other)))) {
            commits.tellLater(other.told(tokens));
            markAgain();
        }
    }

    /** Refuses changes that need a cookie from now on, as the response begins. */
    final synchronized void begin(boolean upgrade) {
        if (upgrade) {
            LoadedSession loaded = base().loaded();
            this.upgrade = new Upgrade(System.nanoTime(), loaded == null ? null : loaded.stored().now());
            // A socket lives longer than the objects of its handshake.
            answer = Answer.NONE;
        }
        phase = upgrade ? Phase.UPGRADED : Phase.BEGUN;
    }

    /** How long ago the session was as it is seen, if the request is a WebSocket, which may be open for long; else zero. */
    final Duration sinceSeen(SessionState seen) {
        Upgrade upgraded = upgrade;
        if (upgraded == null) {
            return Duration.ZERO;
        }
        Duration since = Duration.ofNanos(System.nanoTime() - upgraded.nanos);
        LoadedSession loaded = seen.loaded();
        if (loaded != null && upgraded.now != null) {
            // Commits have loaded the session since.
            since = since.minus(Duration.between(upgraded.now, loaded.stored().now()));
        }
        return since.isNegative() ? Duration.ZERO : since;
    }

    /**
     * When a request has become a WebSocket.
     *
     * @param nanos by {@link System#nanoTime()}
     * @param now by the clock of the store, as far as the request knew it; null if it had no session
     */
    private record Upgrade(long nanos, @Nullable Instant now) {
    }

    /** The session, if the application has changed nothing; else null. */
    final @Nullable SessionState unchanged() {
        Draft current = draft.get();
        return current.made() == 0 && commits.untold() == CommitResult.KEEP && commits.last() == null ? current.base() : null;
    }

    final RequestCommits commits() {
        return commits;
    }

    /** What the client must be told when the response begins, of commits before it. */
    public final CommitResult untold() {
        return commits.untold();
    }

    /** The token that the response will tell the client; null if it will tell none. */
    public final @Nullable String tokenToTell() {
        return commits.untold() instanceof Send send ? send.token() : null;
    }

    /** Other requests of the client can have the token too, so the session stays although this response does not arrive. */
    public final void othersHaveToken() {
        commits.tellOnlyOneOfSeveral();
    }

    /**
     * The place of a commit after all commits before it. It stores the changes that were made up to now.
     *
     * @param over completed when the commit is over
     */
    final synchronized Place place(CompletionStage<?> over) {
        SessionFlash read = flash;
        return new Place(commits.add(over), draft.get().made(), phase == Phase.OPEN, read == null ? Map.of() : read.taken());
    }

    /**
     * The place of a commit in the order of commits.
     *
     * @param before completed when the commit before it is over; null if there is none
     * @param lastChange the number of the last change that it stores
     * @param canTell whether the response has not begun, so that the client can get a token
     * @param taken the flash values that were read before it, as JSON by names
     */
    record Place(@Nullable CompletionStage<?> before, long lastChange, boolean canTell, Map<String, String> taken) {
    }

    /**
     * The draft whose changes up to a number are handed to a commit.
     *
     * @param lastChange the number of the last one
     */
    final Draft beginCommit(long lastChange) {
        return draft.updateAndGet(current -> current.settled().handedOver(lastChange));
    }

    /** @param stored computes the session as it is stored after a commit */
    final void endCommit(Supplier<SessionState> stored) {
        draft.updateAndGet(current -> current.committed(stored));
    }

    /** Drops the changes of a commit, none of which was stored. */
    final void dropCommit() {
        draft.updateAndGet(Draft::withoutCommitting);
    }

    /** Lets the draft begin with what the last commit has stored. */
    final void settle() {
        draft.updateAndGet(Draft::settled);
    }

    /** The session as the last commit has stored it, or as it was loaded, if it exists; else null. */
    final @Nullable LoadedSession settled() {
        return draft.get().settled().base().loaded();
    }

    /** @param taken the flash values that a commit has removed from the session: they are gone for this request too */
    final void forget(Map<String, String> taken) {
        SessionFlash read = flash;
        if (read != null) {
            read.forget(taken);
        }
    }

    /** Logs an error if changes are left that nothing will store, as the response or the socket is over. */
    public final void logUncommitted() {
        CompletionStage<?> last = commits.last();
        if (last != null) {
            last.whenComplete((result, failure) -> logWaiting());
        } else {
            logWaiting();
        }
    }

    private void logWaiting() {
        if (phase != Phase.OPEN && draft.get().waiting() != null) {
            UNCOMMITTED.log(
                    "Session %s was changed after its response had begun, or in a WebSocket, and the change was not"
                            + " stored: call ImSession.commit(), and return its Uni or subscribe to it",
                    seen().id());
        }
    }
}
