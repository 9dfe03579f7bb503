package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongFunction;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionConflictException;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * Lets the updates of one session that disturb each other take turns in this instance of the application. Otherwise of many
 * parallel updates of one field only one would succeed in each round trip, and the others would give up. An update that nothing
 * disturbs does not wait.
 * <p>
 * Instances do not know the turns of each other. So while another instance disturbs its turns, an instance pauses after each of
 * them, for a few round trips: then the others get their turns.
 */
public final class UpdateTurns {

    /** How often an update is tried before its caller is told that it conflicts with others. */
    public static final int MOST_ATTEMPTS = 16;

    /** How long an update waits for its turn before its caller is told the same: it may hold a thread meanwhile. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    /** The pause after a turn, in round trips: so many other instances get a turn in it. */
    private static final int PAUSE_ROUND_TRIPS = 4;
    private static final long LONGEST_PAUSE_MILLIS = 100;
    /** The number of turns after a disturbed one that pauses follow. */
    private static final int CAREFUL_TURNS = 8;

    private final ConcurrentMap<SessionId, Line> sessions = new ConcurrentHashMap<>();
    private final LongFunction<Executor> pauses;
    private final Duration longestWait;

    public UpdateTurns() {
        this(millis -> CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS), LONGEST_WAIT);
    }

    /** @param pauses what runs the end of a pause of some milliseconds */
    UpdateTurns(LongFunction<Executor> pauses, Duration longestWait) {
        this.pauses = pauses;
        this.longestWait = longestWait;
    }

    /**
     * Whether an update has to take a turn before it is tried, as updates that depend on the same fields take turns now.
     *
     * @param expected the fields on which the update depends
     */
    public boolean areFor(SessionId id, Expected expected) {
        if (sessions.isEmpty()) {
            return false;
        }
        Line line = sessions.get(id);
        return line != null && line.isContended(expected);
    }

    /**
     * A turn for an update, which begins when all updates that came before are over. The caller must end it. The stage has null
     * if the store has failed, so that the update need not wait: it takes a turn if others disturb it after that. It fails with
     * {@link SessionConflictException} if the turn does not come for long.
     *
     * @param expected the fields on which the update depends: others that depend on them wait for it
     */
    public CompletionStage<@Nullable Turn> take(SessionId id, Expected expected) {
        CompletableFuture<@Nullable Turn> turn = new CompletableFuture<>();
        AtomicReference<@Nullable Line> mine = new AtomicReference<>();
        sessions.compute(id, (key, present) -> {
            Line line = present == null ? new Line() : present;
            line.contend(expected);
            if (line.isIdle) {
                line.isIdle = false;
                mine.set(line);
            } else {
                line.waiting.add(turn);
            }
            return line;
        });
        if (mine.get() != null) {
            turn.complete(new Turn(id, mine.get(), null));
            return turn;
        }
        CompletableFuture<@Nullable Turn> inTime = new CompletableFuture<>();
        turn.orTimeout(longestWait.toMillis(), TimeUnit.MILLISECONDS).whenComplete((taken, late) -> {
            if (late == null) {
                inTime.complete(taken);
            } else {
                leave(id, turn);
                // The thread of the timer must not run the code of the caller.
                CompletableFuture.runAsync(() -> inTime.completeExceptionally(SessionConflictException.contended()));
            }
        });
        return inTime;
    }

    private void leave(SessionId id, CompletableFuture<@Nullable Turn> turn) {
        sessions.computeIfPresent(id, (key, line) -> {
            line.waiting.remove(turn);
            return line;
        });
    }

    /** The updates of one session that take turns. */
    private static final class Line {

        /** Guarded by the map of lines, as all that is not of the present turn. */
        private final Queue<CompletableFuture<@Nullable Turn>> waiting = new ArrayDeque<>();
        /** The fields for which updates have taken turns since the line began. */
        private volatile Expected contended = Expected.NOTHING;
        /** Whether no update has a turn. */
        private boolean isIdle = true;
        /** How many turns are to be followed by a pause. Of the present turn only, or guarded as above if there is none. */
        private int careful;

        private void contend(Expected expected) {
            if (expected.all()) {
                contended = expected;
            } else if (!contended.all() && !contended.fields().containsAll(expected.fields())) {
                Set<String> union = new HashSet<>(contended.fields());
                union.addAll(expected.fields());
                contended = new Expected(union, false);
            }
        }

        private boolean isContended(Expected expected) {
            Expected here = contended;
            return here.all() ? expected.all() || !expected.fields().isEmpty()
                    : expected.all() ? !here.fields().isEmpty() : !Collections.disjoint(here.fields(), expected.fields());
        }
    }

    /** The turn of one update. */
    public final class Turn {

        private final SessionId id;
        private final Line line;
        private final @Nullable StoredSession last;
        private final long begin = System.nanoTime();
        private int disturbances;
        /** The thread that lets this turn begin, as long as it does so; else null. */
        private volatile @Nullable Thread beginner;
        /** Whether the turn has ended while it was begun, and with which session. */
        private boolean endedAtOnce;
        private @Nullable StoredSession storedAtOnce;

        private Turn(SessionId id, Line line, @Nullable StoredSession last) {
            this.id = id;
            this.line = line;
            this.last = last;
        }

        /** The latest version of the session that is known: that of the caller, or that of the update before this one. */
        public StoredSession latest(StoredSession known) {
            return last != null && last.version() > known.version() ? last : known;
        }

        /** Another instance has changed the session during this turn. */
        public void disturbed() {
            disturbances++;
            line.careful = CAREFUL_TURNS;
        }

        /**
         * Ends this turn, and lets the next one begin.
         *
         * @param stored the session as it is stored now; null if that is not known
         */
        public void end(@Nullable StoredSession stored) {
            if (line.careful > 0) {
                line.careful--;
                pauses.apply(pauseMillis()).execute(() -> beginNext(stored));
            } else if (beginner == Thread.currentThread()) {
                // The loop that has begun this turn goes on. Nested turns would exhaust the stack.
                endedAtOnce = true;
                storedAtOnce = stored;
            } else {
                beginNext(stored);
            }
        }

        private long pauseMillis() {
            long roundTrip = (System.nanoTime() - begin) / (disturbances + 1);
            return Math.min(LONGEST_PAUSE_MILLIS, 1 + PAUSE_ROUND_TRIPS * roundTrip / 1_000_000);
        }

        /**
         * Ends this turn, and lets all updates that wait begin at once, as the store fails. Otherwise each of them would wait
         * until those before it have failed.
         */
        public void giveUp() {
            sessions.remove(id);
            line.waiting.forEach(update -> update.complete(null));
        }

        private void beginNext(@Nullable StoredSession stored) {
            @Nullable
            StoredSession known = stored;
            for (CompletableFuture<@Nullable Turn> next = next(); next != null; next = next()) {
                Turn turn = new Turn(id, line, known);
                turn.beginner = Thread.currentThread();
                boolean began = next.complete(turn);
                turn.beginner = null;
                if (began && !turn.endedAtOnce) {
                    return;
                }
                // A turn that has not begun is that of an update that has waited for too long.
                known = began ? turn.storedAtOnce : known;
            }
        }

        /**
         * The next update that waits. If there is none, the line is removed: at once, or a little later if others disturb it.
         */
        private @Nullable CompletableFuture<@Nullable Turn> next() {
            AtomicReference<@Nullable CompletableFuture<@Nullable Turn>> next = new AtomicReference<>();
            Line kept = sessions.computeIfPresent(id, (key, present) -> {
                next.set(present.waiting.poll());
                present.isIdle = next.get() == null;
                return present.isIdle && present.careful-- <= 0 ? null : present;
            });
            if (kept != null && next.get() == null) {
                pauses.apply(LONGEST_PAUSE_MILLIS).execute(this::removeIfIdle);
            }
            return next.get();
        }

        private void removeIfIdle() {
            sessions.computeIfPresent(id, (key, present) -> present == line && present.isIdle ? null : present);
        }
    }
}
