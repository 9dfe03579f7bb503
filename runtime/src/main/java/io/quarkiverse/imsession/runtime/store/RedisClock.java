package io.quarkiverse.imsession.runtime.store;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The clock of the Redis server, as far as it was last seen; before that, the one of this process. It goes on by the monotonic
 * clock of this process: if the wall clock
 * is set, no session ends or lives longer.
 */
final class RedisClock {

    private volatile long offsetMillis = System.currentTimeMillis() - monotonicMillis();

    /** Notes the time that the server told a moment ago. */
    void set(long serverMillis) {
        offsetMillis = serverMillis - monotonicMillis();
    }

    Instant now() {
        return Instant.ofEpochMilli(millis());
    }

    /** The same as {@link #now}, in milliseconds since 1970. */
    long millis() {
        return monotonicMillis() + offsetMillis;
    }

    private static long monotonicMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /** The same as {@link #set}, and the time itself. */
    Instant tell(long millis) {
        set(millis);
        return Instant.ofEpochMilli(millis);
    }
}
