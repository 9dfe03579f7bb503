package io.quarkiverse.imsession.runtime.postgresql.client;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The clock of the database, as far as its replies tell; before the first reply, the clock of this process. In between it
 * advances with the monotonic clock of this process, a little slower.
 * <p>
 * The database refuses what is done at a time that it has not reached yet. So this clock is behind that of the database, not
 * ahead: a reply needs time to arrive, and clocks of two machines drift apart by less than this one is slower. Of the replies
 * of a few seconds the one counts that took the least time. If the clock of the database is set back, {@link #set} follows.
 */
public final class PgClock {

    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** One part of so many is the most that clocks drift. */
    private static final long DRIFT_PARTS = 5000;

    private final LongSupplier monotonicNanos;
    private volatile Offset offset;

    public PgClock() {
        this(System::currentTimeMillis, System::nanoTime);
    }

    PgClock(LongSupplier wallMillis, LongSupplier monotonicNanos) {
        this.monotonicNanos = monotonicNanos;
        long nanos = monotonicNanos.getAsLong();
        // Old already, so that the first reply replaces it, whatever it says.
        this.offset = new Offset(TimeUnit.MILLISECONDS.toNanos(wallMillis.getAsLong()) - nanos + (KEPT_NANOS + 1) / DRIFT_PARTS,
                nanos - KEPT_NANOS - 1);
    }

    /** Notes the time of a reply that has just arrived, and returns it in whole milliseconds. */
    public Instant seen(OffsetDateTime time) {
        long nanos = monotonicNanos.getAsLong();
        long next = nanos(time) - nanos;
        Offset known = offset;
        if (next >= known.at(nanos) || nanos - known.since > KEPT_NANOS) {
            offset = new Offset(next, nanos);
        }
        return Instant.ofEpochMilli(time.toInstant().toEpochMilli());
    }

    /** Sets the clock to the time of a reply that has just arrived, also back. */
    public void set(OffsetDateTime time) {
        long nanos = monotonicNanos.getAsLong();
        offset = new Offset(nanos(time) - nanos, nanos);
    }

    /** The time in whole milliseconds. */
    public Instant now() {
        long nanos = monotonicNanos.getAsLong();
        return Instant.ofEpochMilli(TimeUnit.NANOSECONDS.toMillis(nanos + offset.at(nanos)));
    }

    private static long nanos(OffsetDateTime time) {
        return TimeUnit.SECONDS.toNanos(time.toEpochSecond()) + time.getNano();
    }

    /**
     * How much later the database's clock is than the monotonic one.
     *
     * @param since when this was found out, by the monotonic clock
     */
    private record Offset(long nanos, long since) {

        long at(long now) {
            return nanos - (now - since) / DRIFT_PARTS;
        }
    }
}
