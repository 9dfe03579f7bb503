package io.quarkiverse.imsession.runtime.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The session as its request sees it, and the changes that led there, so that they can be repeated on a session that another
 * request has changed meanwhile. Immutable.
 *
 * @param base the session as it is stored, as far as is known
 * @param committing the last of the changes that are being stored; null if there are none
 * @param waiting the last of the changes since then; null if there are none
 * @param made how many changes the request has made, and so the number of the last one
 * @param stored computes the session as the last commit has stored it, to begin anew with it; null if that is done
 */
record Draft(SessionState base, @Nullable Change committing, @Nullable Change waiting, long made,
        @Nullable Supplier<SessionState> stored) {

    private static final Draft NONE = new Draft(SessionState.NONE, null, null, 0, null);

    static Draft of(SessionState base) {
        return base == SessionState.NONE ? NONE : new Draft(base, null, null, 0, null);
    }

    /** The session with all changes. */
    SessionState seen() {
        return waiting != null ? waiting.after : planned();
    }

    /** The session with the changes that are being stored. */
    SessionState planned() {
        return committing != null ? committing.after : base;
    }

    /** How many changes are not being stored yet. */
    int waits() {
        return waiting == null ? 0 : waiting.count;
    }

    /** @param after the state that the change makes of what is seen */
    Draft and(UnaryOperator<SessionState> change, SessionState after) {
        return new Draft(base, committing, new Change(waiting, made + 1, change, after, null), made + 1, stored);
    }

    /**
     * The draft when a commit begins. Only one commit runs at a time.
     *
     * @param last the number of the last change that the commit stores
     */
    Draft handedOver(long last) {
        if (waiting == null || waiting.number <= last) {
            return new Draft(base, waiting, null, made, null);
        }
        Change own = waiting;
        Deque<Change> later = new ArrayDeque<>();
        for (; own != null && own.number > last; own = own.before) {
            later.push(own);
        }
        @Nullable
        Change rest = null;
        for (Change change : later) {
            rest = new Change(rest, change.number, change.function, change.after, change.failure);
        }
        return new Draft(base, own, rest, made, null);
    }

    /** @param result computes the session as the commit has stored it */
    Draft committed(Supplier<SessionState> result) {
        return new Draft(base, committing, waiting, made, result);
    }

    /** The draft that begins with what the last commit has stored. */
    Draft settled() {
        return stored == null ? this : on(stored.get());
    }

    /**
     * Whether nothing is lost if the request goes on with another session: it has changed nothing, or its session has ended.
     */
    boolean canGoOnWithOther() {
        Draft now = settled();
        return made == 0 || now.committing == null && now.waiting == null && !now.base.exists();
    }

    /** The draft that begins with another session. */
    Draft goOnWith(SessionState other) {
        return new Draft(other, null, null, made, null);
    }

    /** The draft without the changes that are being stored. */
    Draft withoutCommitting() {
        return on(base);
    }

    private Draft on(SessionState newBase) {
        @Nullable
        Change moved = null;
        for (Change change : inOrder(waiting)) {
            moved = change.on(moved == null ? newBase : moved.after, moved);
        }
        return new Draft(newBase, null, moved, made, null);
    }

    /** The state that the changes that are being stored make of the session as it was stored later. */
    SessionState repeated(LoadedSession later) {
        SessionState state = base.on(later);
        for (Change change : inOrder(committing)) {
            state = change.function.apply(state);
        }
        return state;
    }

    /**
     * The exception of a change that is being stored, and that failed on what an earlier commit has stored; null if none did.
     */
    @Nullable
    Throwable failure() {
        @Nullable
        Throwable first = null;
        for (Change change = committing; change != null; change = change.before) {
            first = change.failure != null ? change.failure : first;
        }
        return first;
    }

    private static Iterable<Change> inOrder(@Nullable Change last) {
        Deque<Change> ordered = new ArrayDeque<>();
        for (Change change = last; change != null; change = change.before) {
            ordered.push(change);
        }
        return ordered;
    }

    /** A change, and the change before it. */
    static final class Change {

        private final @Nullable Change before;
        private final long number;
        private final int count;
        private final UnaryOperator<SessionState> function;
        private final SessionState after;
        private final @Nullable Throwable failure;

        /**
         * @param after the state after this change; if it failed, the state before it
         * @param failure the exception of a change that failed on what an earlier commit has stored, so that its own commit
         *        fails; else null
         */
        private Change(@Nullable Change before, long number, UnaryOperator<SessionState> function, SessionState after,
                @Nullable Throwable failure) {
            this.before = before;
            this.number = number;
            this.count = before == null ? 1 : before.count + 1;
            this.function = function;
            this.after = after;
            this.failure = failure;
        }

        /** The same change of another state. */
        private Change on(SessionState state, @Nullable Change newBefore) {
            try {
                return new Change(newBefore, number, function, function.apply(state), null);
            } catch (Throwable e) {
                return new Change(newBefore, number, function, state, e);
            }
        }
    }
}
