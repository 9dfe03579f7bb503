package io.quarkiverse.imsession.runtime.schedules;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.session.UpdateTurns;
import io.quarkiverse.imsession.spi.Expected;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenState;

/**
 * Parallel updates take turns: one at a time, each once, and each gets what the one before it has stored. When all threads have
 * gone, no turn is left: nobody waits for ever.
 */
public class TurnSchedules {

    private static final SessionToken TOKEN = SessionToken.generate(new SecureRandom());

    private static final StoredSession NONE = stored(0);

    private final Turns turns;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger had = new AtomicInteger();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private volatile boolean busy;
    private volatile int version;

    public TurnSchedules() {
        this(new Real());
    }

    TurnSchedules(Turns turns) {
        this.turns = turns;
    }

    /** Gives turns. */
    interface Turns {

        boolean areTaken();

        void take(Consumer<Turn> next);
    }

    /** The turn of one update. */
    interface Turn {

        StoredSession latest(StoredSession known);

        void end(StoredSession stored);
    }

    @Operation
    public void update() {
        asked.incrementAndGet();
        turns.take(this::use);
    }

    private void use(Turn turn) {
        if (busy) {
            wrong.add("Two updates have a turn");
        }
        busy = true;
        long latest = turn.latest(NONE).version();
        int before = version;
        if (latest != before && latest != NONE.version()) {
            wrong.add("The latest version was " + before + ", and not " + latest);
        }
        version = before + 1;
        had.incrementAndGet();
        busy = false;
        turn.end(stored(before + 1));
    }

    @Validate
    public void check() {
        if (!wrong.isEmpty()) {
            throw new AssertionError(wrong.toString());
        }
        if (had.get() != asked.get() || version != asked.get()) {
            throw new AssertionError(had + " of " + asked + " updates had a turn, and made version " + version);
        }
        if (turns.areTaken()) {
            throw new AssertionError("A turn is left that nobody ends");
        }
    }

    private static StoredSession stored(int version) {
        return new StoredSession(TokenState.only(TOKEN.hash()), SessionData.empty(), Map.of(), version, Instant.EPOCH, null,
                Instant.EPOCH, null, Instant.EPOCH);
    }

    /** The turns of an application. */
    private static final class Real implements Turns {

        private static final SessionId ID = TOKEN.id();

        private final UpdateTurns turns = new UpdateTurns();

        @Override
        public boolean areTaken() {
            return turns.areFor(ID, Expected.EVERYTHING);
        }

        @Override
        public void take(Consumer<Turn> next) {
            turns.take(ID, Expected.EVERYTHING).thenAccept(turn -> next.accept(new Turn() {
                @Override
                public StoredSession latest(StoredSession known) {
                    return turn.latest(known);
                }

                @Override
                public void end(StoredSession stored) {
                    turn.end(stored);
                }
            }));
        }
    }

    /** With the usual fault: the last one looks for those who wait, and another one comes before it has gone. */
    static final class LookThenGo implements Turns {

        private final Queue<Consumer<Turn>> waiting = new ConcurrentLinkedQueue<>();
        private final AtomicInteger taken = new AtomicInteger();

        @Override
        public boolean areTaken() {
            return taken.get() > 0;
        }

        @Override
        public void take(Consumer<Turn> next) {
            if (taken.compareAndSet(0, 1)) {
                next.accept(new Next(null));
            } else {
                waiting.add(next);
            }
        }

        private final class Next implements Turn {

            private final @Nullable StoredSession last;

            private Next(@Nullable StoredSession last) {
                this.last = last;
            }

            @Override
            public StoredSession latest(StoredSession known) {
                return last == null ? known : last;
            }

            @Override
            public void end(StoredSession stored) {
                Consumer<Turn> next = waiting.poll();
                if (next == null) {
                    taken.set(0);
                } else {
                    next.accept(new Next(stored));
                }
            }
        }
    }
}
