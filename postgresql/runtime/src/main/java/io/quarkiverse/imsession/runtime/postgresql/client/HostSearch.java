package io.quarkiverse.imsession.runtime.postgresql.client;

import java.util.concurrent.TimeUnit;

/**
 * Whether to search for a server that can be written, by connections in place of those that lead elsewhere. After a call has
 * searched in vain, the others do not for a second: else a database that is read-only would get several connections for each
 * change.
 */
final class HostSearch {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile long pausedUntil = System.nanoTime();

    boolean isPaused() {
        return pausedUntil - System.nanoTime() > 0;
    }

    void wasInVain() {
        pausedUntil = System.nanoTime() + PAUSE_NANOS;
    }
}
