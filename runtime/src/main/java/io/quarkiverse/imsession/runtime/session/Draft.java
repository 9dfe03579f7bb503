package io.quarkiverse.imsession.runtime.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * The session as its request sees it, and the changes that led there, so that they can be repeated on a session that another
 * request has changed meanwhile. Immutable.
 *
 * @param base the session as it is stored, as far as is known
 * @param committing the changes that are being stored
 * @param waiting the changes since then
 * @param seen the base with all these changes
 * @param failure the exception of a waiting change that fails on the base, so that its commit fails; null if there is none
 */
record Draft(SessionState base, Changes committing, Changes waiting, SessionState seen, @Nullable Throwable failure) {

    static Draft of(SessionState base) {
        return new Draft(base, Changes.NONE, Changes.NONE, base, null);
    }

    /** @param after the state that the change makes of what is seen */
    Draft and(UnaryOperator<SessionState> change, SessionState after) {
        return new Draft(base, committing, new Changes(waiting, change, waiting.size() + 1), after, failure);
    }

    /** The draft when the commit of all changes begins. Only one commit runs at a time. */
    Draft handedOver() {
        return waiting.isEmpty() && committing.isEmpty() ? this : new Draft(base, waiting, Changes.NONE, seen, failure);
    }

    /** @param stored the session as it is stored after a commit */
    Draft settled(SessionState stored) {
        try {
            return new Draft(stored, Changes.NONE, waiting, waiting.appliedTo(stored), null);
        } catch (Throwable e) {
            return new Draft(stored, Changes.NONE, waiting, stored, e);
        }
    }

    /** The state that the changes make of the session as it was stored later. */
    SessionState repeated(LoadedSession later) {
        return committing.appliedTo(base.on(later));
    }

    /** Changes in their order. */
    record Changes(@Nullable Changes before, @Nullable UnaryOperator<SessionState> last, int size) {

        static final Changes NONE = new Changes(null, null, 0);

        boolean isEmpty() {
            return last == null;
        }

        SessionState appliedTo(SessionState base) {
            Deque<UnaryOperator<SessionState>> ordered = new ArrayDeque<>();
            for (Changes changes = this; changes != null && changes.last != null; changes = changes.before) {
                ordered.push(changes.last);
            }
            SessionState state = base;
            for (UnaryOperator<SessionState> change : ordered) {
                state = change.apply(state);
            }
            return state;
        }
    }
}
