package io.quarkiverse.imsession.deployment;

import java.lang.reflect.Constructor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.CompletionStage;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;

/** The memory store, with a clock that goes as a test tells it to. */
@Singleton
public class ClockedStore implements SessionStore {

    private final SettableClock clock = new SettableClock();
    private final SessionStore delegate = memoryStore(clock);

    void advance(Duration time) {
        clock.now = clock.now.plus(time);
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

    /** The clock is no business of applications, so there is no public way to set it. */
    private static SessionStore memoryStore(Clock clock) {
        try {
            Constructor<MemorySessionStore> constructor = MemorySessionStore.class.getDeclaredConstructor(long.class,
                    Clock.class);
            constructor.setAccessible(true);
            return constructor.newInstance(1000, clock);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    static final class SettableClock extends Clock {

        private volatile Instant now = Instant.now();

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
