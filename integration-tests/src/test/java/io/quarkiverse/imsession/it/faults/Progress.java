package io.quarkiverse.imsession.it.faults;

/** Counts the responses that a client got. It alone writes, others read. */
final class Progress {

    private volatile int successes;
    private volatile int refusals;
    private volatile long firstRefusalNanos;
    private volatile long lastRefusalNanos;
    private volatile boolean awaiting;
    private volatile long awaitingSinceNanos;
    private volatile long firstSuccessNanos;

    void succeeded(long startNanos) {
        successes++;
        if (awaiting && startNanos - awaitingSinceNanos >= 0) {
            firstSuccessNanos = System.nanoTime();
            awaiting = false;
        }
    }

    void refused() {
        lastRefusalNanos = System.nanoTime();
        if (refusals == 0) {
            firstRefusalNanos = lastRefusalNanos;
        }
        refusals++;
    }

    /** Notes when the first request succeeded that is sent after that. */
    void awaitSuccess(long sinceNanos) {
        awaitingSinceNanos = sinceNanos;
        awaiting = true;
    }

    boolean isAwaitingSuccess() {
        return awaiting;
    }

    int successes() {
        return successes;
    }

    int refusals() {
        return refusals;
    }

    long firstSuccessNanos() {
        return firstSuccessNanos;
    }

    long firstRefusalNanos() {
        return firstRefusalNanos;
    }

    long lastRefusalNanos() {
        return lastRefusalNanos;
    }
}
