package io.quarkiverse.imsession.deployment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletionStage;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.test.MovableClock;

/** The memory store, with a clock that only a test moves. */
@Singleton
public class ClockedStore implements SessionStore {

    private final MovableClock clock = new MovableClock(Clock.fixed(Instant.now(), ZoneOffset.UTC));
    private final SessionStore delegate = new MemorySessionStore(1000, clock, SessionLimits.NONE);

    void advance(Duration time) {
        clock.move(time);
    }

    @Override
    public CompletionStage<StoredSession> load(SessionId id) {
        return delegate.load(id);
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return delegate.create(id, session);
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate update) {
        return delegate.update(id, update);
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return delegate.destroy(id);
    }
}
