package io.quarkiverse.imsession.runtime.postgresql.client;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The time until which an operation must be done, with all its statements.
 *
 * @param nanos the time by {@link System#nanoTime()}
 */
public record Deadline(long nanos) {

    static Deadline in(Duration timeout) {
        return new Deadline(System.nanoTime() + timeout.toNanos());
    }

    public boolean isOver() {
        return nanos - System.nanoTime() <= 0;
    }

    /** The milliseconds that are left, at least 1. */
    public long millis() {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos - System.nanoTime()));
    }

    /** This time by the clock of the database. */
    public Instant by(PgClock clock) {
        return clock.now().plusMillis(millis());
    }
}
