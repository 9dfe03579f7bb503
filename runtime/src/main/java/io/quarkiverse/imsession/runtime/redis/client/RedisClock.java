package io.quarkiverse.imsession.runtime.redis.client;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The clock of the Redis server, as far as it was last seen; before that, the one of this process. It goes on by the monotonic
 * clock of this process: if the wall clock is set, no session ends or lives longer.
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

    /** Notes the time that the server told a moment ago. */
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

    /** The same as {@link #set}, and the time itself. */
    public Instant tell(long millis) {
        set(millis);
        return Instant.ofEpochMilli(millis);
    }
}
