package io.quarkiverse.imsession.runtime.model;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.quarkiverse.imsession.runtime.AdministrationAccess;
import io.quarkiverse.imsession.runtime.model.ModelRun.Ageing;
import io.quarkiverse.imsession.runtime.model.ModelRun.Instance;
import io.quarkiverse.imsession.runtime.model.QuietPoint.Inspection;
import io.quarkiverse.imsession.runtime.store.MemoryAccess;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.SessionStore;

class MemoryModelTest extends ModelContract {

    private final SettableClock clock = new SettableClock();

    @Override
    List<Instance> instances(Lifetimes lifetimes) {
        IndexedSessionStore store = MemoryAccess.store(100_000, clock);
        return List.of(new Instance(store, AdministrationAccess.of(store, lifetimes.timeout(), Values.REFERENCES)));
    }

    @Override
    Clock clock() {
        return clock;
    }

    /** The clock is put forward instead. */
    @Override
    Ageing ageing() {
        return null;
    }

    @Override
    void letTimePass() {
        clock.advance(SessionStore.EXPIRY_SLACK.plus(Lifetimes.MIXED.shortOwn()));
    }

    @Override
    Inspection inspection() {
        return (living, mayBeEntered) -> {
        };
    }

    @Override
    void assertNothingIsLeft() {
        // A memory store has nothing that could not be found.
    }

    /** A clock that can be put forward. */
    private static final class SettableClock extends Clock {

        private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);

        void advance(Duration duration) {
            offset.updateAndGet(before -> before.plus(duration));
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(offset.get());
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
