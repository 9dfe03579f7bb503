package io.quarkiverse.imsession.runtime.postgresql.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class PgClockTest {

    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final AtomicLong nanos = new AtomicLong(-12_345_678_901_234L);
    private final PgClock clock = new PgClock(() -> 1_000L, nanos::get);

    @Test
    void untilTheFirstReplyItIsTheClockOfThisProcess() {
        assertThat(clock.now()).isEqualTo(Instant.ofEpochMilli(1_000));
    }

    @Test
    void firstReplyCountsAlsoIfItIsEarlier() {
        clock.seen(OffsetDateTime.ofInstant(Instant.ofEpochMilli(500), ZoneOffset.UTC));
        assertThat(clock.now()).isEqualTo(Instant.ofEpochMilli(500));
    }

    @Test
    void timeIsToldInWholeMillisecondsThatHaveCome() {
        assertThat(clock.seen(at(TIME))).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
        for (int i = 0; i < 100; i++) {
            assertThat(clock.now()).isBeforeOrEqualTo(TIME.plusNanos(i * 333_333L));
            nanos.addAndGet(333_333);
        }
    }

    @Test
    void replyThatTookLongDoesNotPutItBack() {
        clock.seen(at(TIME));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        clock.seen(at(TIME.plusMillis(500)));
        assertThat(clock.now()).isAfter(TIME.plusMillis(995));
    }

    @Test
    void itIsSlowerThanClocksDriftUntilTheNextReply() {
        clock.seen(at(TIME));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(100));
        assertThat(clock.now()).isBetween(TIME.plusMillis(99_970), TIME.plusMillis(99_985));
    }

    @Test
    void afterSomeTimeAnEarlierReplyCounts() {
        clock.seen(at(TIME));
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(11));
        clock.seen(at(TIME));
        assertThat(clock.now()).isEqualTo(TIME.minusNanos(901_000));
    }

    @Test
    void itFollowsTheDatabaseBackWhenItIsToldTo() {
        clock.seen(at(TIME));
        clock.set(at(TIME.minusSeconds(60)));
        assertThat(clock.now()).isEqualTo(TIME.minusSeconds(60).minusNanos(901_000));
    }

    private static OffsetDateTime at(Instant time) {
        return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
