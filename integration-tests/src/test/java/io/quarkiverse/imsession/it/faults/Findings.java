package io.quarkiverse.imsession.it.faults;

import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What clients found that must not be, and how much of what Redis may lose was lost. */
final class Findings {

    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile Set<String> sessions = Set.of();
    private volatile Window window = new Window(0, -1);
    private volatile boolean refusedMayVanish;

    /** These sessions may be lost. */
    void mayLose(Set<String> ids) {
        sessions = ids;
    }

    /** What is asked for from that moment on may be lost, also what was already. */
    void mayLoseSince(long nanos) {
        window = new Window(nanos, Long.MAX_VALUE);
    }

    /** What is asked for later must not be lost. */
    void mayLoseUntil(long nanos) {
        if (window.lengthNanos == Long.MAX_VALUE) {
            window = new Window(window.fromNanos, nanos - window.fromNanos);
        }
    }

    /** A change that was refused and is there nevertheless may be lost later. */
    void refusedMayVanish() {
        refusedMayVanish = true;
    }

    boolean mayRefusedVanish() {
        return refusedMayVanish;
    }

    void wrong(String text, Object... args) {
        wrong.add(text.formatted(args));
    }

    /** @param startNanos when the request was sent that asked for what is lost */
    void lost(String id, long startNanos, String text, Object... args) {
        if (mayBeLost(id, startNanos)) {
            lost.incrementAndGet();
        } else {
            wrong("session " + id + ' ' + text, args);
        }
    }

    /**
     * While there are two primaries, what one of them lost may be there again in the end: it is counted then.
     *
     * @param startNanos when the request was sent that made what is missing
     */
    void missing(String id, long startNanos) {
        if (!mayBeLost(id, startNanos)) {
            wrong("session %s was not there", id);
        }
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    int lost() {
        return lost.get();
    }

    private boolean mayBeLost(String id, long startNanos) {
        return window.contains(startNanos) || sessions.contains(id);
    }

    private record Window(long fromNanos, long lengthNanos) {

        boolean contains(long nanos) {
            long since = nanos - fromNanos;
            return since >= 0 && since <= lengthNanos;
        }
    }
}
