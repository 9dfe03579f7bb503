package io.quarkiverse.imsession.runtime.session;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * Lets the updates of one session that disturb each other take turns in this instance of the application. Otherwise of many
 * parallel updates of one field only one would succeed in each round trip, and the others would give up. An update that nothing
 * disturbs does not wait.
 * <p>
 * Instances do not know the turns of each other. So an instance whose turn another one has disturbed pauses after it, for as
 * long as the turn took: then the others get their turns.
 */
public final class UpdateTurns {

    private static final long LONGEST_PAUSE_MILLIS = 100;

    private final ConcurrentMap<SessionId, Queue<CompletableFuture<Turn>>> sessions = new ConcurrentHashMap<>();
    private final LongFunction<Executor> pauses;

    public UpdateTurns() {
        this(millis -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS));
    }

    /** @param pauses what runs the end of a pause of some milliseconds */
    UpdateTurns(LongFunction<Executor> pauses) {
        this.pauses = pauses;
    }

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
        private final long begin = System.nanoTime();
        private boolean disturbed;
        /** The thread that lets this turn begin, as long as it does so; else null. */
        private volatile @Nullable Thread beginner;
        /** Whether the turn has ended while it was begun, and with which session. */
        private boolean endedAtOnce;
        private @Nullable StoredSession storedAtOnce;

        private Turn(SessionId id, @Nullable StoredSession last) {
            this.id = id;
            this.last = last;
        }

        /** The latest version of the session that is known: that of the caller, or that of the update before this one. */
        public StoredSession latest(StoredSession known) {
            return last != null && last.version() > known.version() ? last : known;
        }

        /** Another instance has changed the session during this turn. */
        public void disturbed() {
            disturbed = true;
        }

        /**
         * Ends this turn, and lets the next one begin.
         *
         * @param stored the session as it is stored now; null if that is not known
         */
        public void end(@Nullable StoredSession stored) {
            if (disturbed) {
                long millis = Math.min(LONGEST_PAUSE_MILLIS, 1 + (System.nanoTime() - begin) / 1_000_000);
                pauses.apply(millis).execute(() -> beginNext(null));
            } else if (beginner == Thread.currentThread()) {
                // The loop that has begun this turn goes on. Nested turns would exhaust the stack.
                endedAtOnce = true;
                storedAtOnce = stored;
            } else {
                beginNext(stored);
            }
        }

        private void beginNext(@Nullable StoredSession stored) {
            @Nullable
            StoredSession known = stored;
            for (CompletableFuture<Turn> next = next(); next != null; next = next()) {
                Turn turn = new Turn(id, known);
                turn.beginner = Thread.currentThread();
                boolean began = next.complete(turn);
                turn.beginner = null;
                if (began && !turn.endedAtOnce) {
                    return;
                }
                // A turn that has not begun is that of an update that was cancelled while it waited.
                known = began ? turn.storedAtOnce : known;
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
