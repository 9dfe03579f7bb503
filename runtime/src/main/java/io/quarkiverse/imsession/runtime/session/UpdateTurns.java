package io.quarkiverse.imsession.runtime.session;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * Lets the updates of one session that disturb each other take turns in this instance of the application. Otherwise of many
 * parallel updates of one field only one would succeed in each round trip, and the others would give up. An update that nothing
 * disturbs does not wait.
 */
public final class UpdateTurns {

    private final ConcurrentMap<SessionId, Queue<CompletableFuture<Turn>>> sessions = new ConcurrentHashMap<>();

    /** Whether updates of a session take turns now. */
    public boolean areTaken(SessionId id) {
        return !sessions.isEmpty() && sessions.containsKey(id);
    }

    /** A turn for an update, which begins when all updates that came before are over. The caller must end it. */
    public CompletionStage<Turn> take(SessionId id) {
        CompletableFuture<Turn> turn = new CompletableFuture<>();
        Queue<CompletableFuture<Turn>> mine = new ArrayDeque<>();
        Queue<CompletableFuture<Turn>> taken = sessions.compute(id, (key, waiting) -> {
            if (waiting == null) {
                return mine;
            }
            waiting.add(turn);
            return waiting;
        });
        if (taken == mine) {
            turn.complete(new Turn(id, null));
        }
        return turn;
    }

    /** The turn of one update. */
    public final class Turn {

        private final SessionId id;
        private final @Nullable StoredSession last;

        private Turn(SessionId id, @Nullable StoredSession last) {
            this.id = id;
            this.last = last;
        }

        /** The session as the update before has stored it; null if that is not known. */
        public @Nullable StoredSession last() {
            return last;
        }

        /**
         * Ends this turn, and lets the next one begin.
         *
         * @param stored the session as it is stored now; null if that is not known
         */
        public void end(@Nullable StoredSession stored) {
            CompletableFuture<Turn> next = next();
            if (next != null) {
                next.complete(new Turn(id, stored));
            }
        }

        private @Nullable CompletableFuture<Turn> next() {
            AtomicReference<@Nullable CompletableFuture<Turn>> next = new AtomicReference<>();
            sessions.computeIfPresent(id, (key, waiting) -> {
                next.set(waiting.poll());
                return next.get() == null ? null : waiting;
            });
            return next.get();
        }
    }
}
