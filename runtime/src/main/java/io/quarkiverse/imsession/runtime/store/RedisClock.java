package io.quarkiverse.imsession.runtime.store;

import java.time.Instant;

/** The clock of the Redis server, as far as it was last seen. */
final class RedisClock {

    private volatile long offsetMillis;

    /** Notes the time that the server told a moment ago. */
    void set(long serverMillis) {
        offsetMillis = serverMillis - System.currentTimeMillis();
    }

    Instant now() {
        return Instant.ofEpochMilli(millis());
    }

    /** The same as {@link #now}, in milliseconds since 1970. */
    long millis() {
        return System.currentTimeMillis() + offsetMillis;
    }

    /** The same as {@link #set}, and the time itself. */
    Instant tell(long millis) {
        set(millis);
        return Instant.ofEpochMilli(millis);
    }
}
