package io.quarkiverse.imsession.runtime.store;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * Starts at the time of another clock, and then advances independently, so that a step of the other clock moves no deadline.
 */
final class SteadyClock extends Clock {

    private final LongSupplier nanos;
    private final Instant begin;
    private final long beginNanos;

    SteadyClock() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    /** @param nanos counts nanoseconds, as {@link System#nanoTime()} does */
    SteadyClock(Clock clock, LongSupplier nanos) {
        this.nanos = nanos;
        this.begin = clock.instant();
        this.beginNanos = nanos.getAsLong();
    }

    @Override
    public Instant instant() {
        return begin.plusNanos(nanos.getAsLong() - beginNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("A store counts in UTC");
    }
}
