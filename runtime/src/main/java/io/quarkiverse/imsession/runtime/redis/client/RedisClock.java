package io.quarkiverse.imsession.runtime.redis.client;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The clock of the Redis server, as last seen in a reply; before the first reply, the clock of this process. In between it
 * advances with the monotonic clock of this process, so that a change of the wall clock neither ends nor extends a session.
 */
public final class RedisClock {

    private final LongSupplier monotonicNanos;
    private volatile long offsetMillis;

    public RedisClock() {
        this(System::currentTimeMillis, System::nanoTime);
    }

    public RedisClock(LongSupplier wallMillis, LongSupplier monotonicNanos) {
        this.monotonicNanos = monotonicNanos;
        this.offsetMillis = wallMillis.getAsLong() - monotonicMillis();
    }

    /** Sets the clock to the time of a reply that has just arrived. */
    public void set(long serverMillis) {
        offsetMillis = serverMillis - monotonicMillis();
    }

    public Instant now() {
        return Instant.ofEpochMilli(millis());
    }

    /** The same as {@link #now}, in milliseconds since 1970. */
    public long millis() {
        return monotonicMillis() + offsetMillis;
    }

    private long monotonicMillis() {
        return TimeUnit.NANOSECONDS.toMillis(monotonicNanos.getAsLong());
    }

    /** Sets the clock like {@link #set}, and returns the time. */
    public Instant setAndGet(long millis) {
        set(millis);
        return Instant.ofEpochMilli(millis);
    }
}
