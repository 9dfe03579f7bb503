package io.quarkiverse.imsession.runtime.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.SessionToken;

class RecentRefusalsTest {

    private final AtomicLong nanos = new AtomicLong(-5);
    private final RecentRefusals refusals = new RecentRefusals(nanos::get);

    @Test
    void oneAnHourOfEachSessionAndCausePasses() {
        SessionId one = id();
        SessionId other = id();
        assertThat(refusals.pass(one, Cause.REPLAY)).isTrue();
        assertThat(refusals.pass(one, Cause.REPLAY)).isFalse();
        assertThat(refusals.pass(other, Cause.REPLAY)).isTrue();
        assertThat(refusals.pass(one, Cause.DEVICE)).isTrue();
        assertThat(refusals.pass(one, Cause.DEVICE)).isFalse();
        nanos.addAndGet(RecentRefusals.PAUSE_NANOS - 1);
        assertThat(refusals.pass(one, Cause.REPLAY)).isFalse();
        nanos.addAndGet(1);
        assertThat(refusals.pass(one, Cause.REPLAY)).isTrue();
        assertThat(refusals.pass(one, Cause.REPLAY)).isFalse();
    }

    private static SessionId id() {
        return SessionToken.generate(new SecureRandom()).id();
    }
}
