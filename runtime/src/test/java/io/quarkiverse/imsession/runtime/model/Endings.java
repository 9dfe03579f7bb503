package io.quarkiverse.imsession.runtime.model;

import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;

/** When "end all of a value" ran, and what follows from that for a session. Time is counted in ticks of this process. */
final class Endings {

    static final long NEVER = Long.MAX_VALUE;

    private final AtomicLong ticks = new AtomicLong();
    private final Map<Reference, Queue<Ending>> endings = new ConcurrentHashMap<>();

    long tick() {
        return ticks.incrementAndGet();
    }

    /** Notes that all sessions of a reference, but one, are being ended from now on. */
    Ending begin(Reference reference, SessionId spared) {
        Ending ending = new Ending(spared, tick());
        endings.computeIfAbsent(reference, key -> new ConcurrentLinkedQueue<>()).add(ending);
        return ending;
    }

    /** Whether a session can have been ended since it was last seen alive. */
    boolean mayHaveEnded(SessionId id, Collection<Hold> holds, long seenAlive) {
        return holds.stream().anyMatch(hold -> all(hold.reference())
                .stream().anyMatch(ending -> !id.equals(ending.spared) && ending.end > Math.max(hold.mayFrom(), seenAlive)
                        && ending.start < hold.mayUntil()));
    }

    /** Whether a session must have been ended: it had the value all the time. */
    boolean mustHaveEnded(SessionId id, Collection<Hold> holds) {
        return holds.stream().anyMatch(hold -> all(hold.reference())
                .stream().anyMatch(ending -> !id.equals(ending.spared) && ending.end != NEVER
                        && hold.surelyFrom() < ending.start && ending.end < hold.surelyUntil()));
    }

    private Queue<Ending> all(Reference reference) {
        return endings.getOrDefault(reference, new ConcurrentLinkedQueue<>());
    }

    /** One run of "end all of a value". */
    final class Ending {

        private final SessionId spared;
        private final long start;
        private volatile long end = NEVER;

        private Ending(SessionId spared, long start) {
            this.spared = spared;
            this.start = start;
        }

        void finished() {
            end = tick();
        }
    }

    /**
     * That a session has a reference. Between asking for a change and its completion nobody knows whether it has been made.
     */
    record Hold(Reference reference, long mayFrom, long surelyFrom, long surelyUntil, long mayUntil) {

        static Hold asked(Reference reference, long tick) {
            return new Hold(reference, tick, NEVER, NEVER, NEVER);
        }

        Hold entered(long tick) {
            return new Hold(reference, mayFrom, tick, surelyUntil, mayUntil);
        }

        Hold leaving(long tick) {
            return new Hold(reference, mayFrom, surelyFrom, tick, mayUntil);
        }

        Hold left(long tick) {
            return new Hold(reference, mayFrom, surelyFrom, surelyUntil, tick);
        }

        boolean isOpen() {
            return mayUntil == NEVER;
        }
    }
}
