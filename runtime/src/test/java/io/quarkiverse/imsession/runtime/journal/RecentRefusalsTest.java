package io.quarkiverse.imsession.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionToken;

class RecentRefusalsTest {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final RecentRefusals refusals = new RecentRefusals(nanos::get);

    @Test
    void oneAnHourOfEachSessionPasses() {
        SessionId one = id();
        SessionId other = id();
        assertThat(refusals.pass(one)).isTrue();
        assertThat(refusals.pass(one)).isFalse();
        assertThat(refusals.pass(other)).isTrue();
        nanos.addAndGet(RecentRefusals.PAUSE_NANOS - 1);
        assertThat(refusals.pass(one)).isFalse();
        nanos.addAndGet(1);
        assertThat(refusals.pass(one)).isTrue();
        assertThat(refusals.pass(one)).isFalse();
    }

    private static SessionId id() {
        return SessionToken.generate(new SecureRandom()).id();
    }
}
