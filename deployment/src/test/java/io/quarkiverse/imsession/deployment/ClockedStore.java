package io.quarkiverse.imsession.deployment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.test.ForwardingStore;
import io.quarkiverse.imsession.test.MovableClock;

/** The memory store, with a clock that only a test moves. */
@Singleton
public class ClockedStore implements ForwardingStore {

    private final MovableClock clock = new MovableClock(Clock.fixed(Instant.now(), ZoneOffset.UTC));
    private final SessionStore delegate = new MemorySessionStore(1000, clock, SessionLimits.NONE);

    void advance(Duration time) {
        clock.move(time);
    }

    @Override
    public SessionStore delegate() {
        return delegate;
    }
}
