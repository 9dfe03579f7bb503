package io.quarkiverse.imsession.runtime.redis.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class RedisClockTest {

    private final AtomicLong wallMillis = new AtomicLong(1_000_000);
    private final AtomicLong monotonicNanos = new AtomicLong(-7_000_000);
    private final RedisClock clock = new RedisClock(wallMillis::get, monotonicNanos::get);

    @Test
    void aStepOfTheApplicationsClockChangesNothing() {
        clock.set(2_000_000);
        wallMillis.set(9_000_000);
        monotonicNanos.addAndGet(5_000_000);
        assertThat(clock.now()).isEqualTo(Instant.ofEpochMilli(2_000_005));
        wallMillis.set(0);
        assertThat(clock.millis()).isEqualTo(2_000_005);
    }

    @Test
    void itIsThatOfTheApplicationUntilRedisTellsItsOwn() {
        monotonicNanos.addAndGet(3_000_000);
        assertThat(clock.millis()).isEqualTo(1_000_003);
        assertThat(clock.setAndGet(5)).isEqualTo(Instant.ofEpochMilli(5));
        assertThat(clock.millis()).isEqualTo(5);
    }
}
