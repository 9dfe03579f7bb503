package io.quarkiverse.imsession.runtime.model;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import io.quarkiverse.imsession.runtime.AdministrationAccess;
import io.quarkiverse.imsession.runtime.model.ModelRun.Ageing;
import io.quarkiverse.imsession.runtime.model.ModelRun.Instance;
import io.quarkiverse.imsession.runtime.model.QuietPoint.Inspection;
import io.quarkiverse.imsession.runtime.store.MemoryAccess;
import io.quarkiverse.imsession.spi.IndexedSessionStore;

class MemoryModelTest extends ModelContract {

    private final Clock clock = new FastClock();

    @Override
    List<Instance> instances(Lifetimes lifetimes) {
        IndexedSessionStore store = MemoryAccess.store(100_000, clock);
        return List.of(new Instance(store, AdministrationAccess.of(store, lifetimes.timeout(), Values.REFERENCES)));
    }

    @Override
    Clock clock() {
        return clock;
    }

    /** Ageing would need an operation that the store has not; with a fast clock sessions expire without. */
    @Override
    Ageing ageing() {
        return null;
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

    /** Memory is faster than the expiry of sessions, so its time is, too. */
    private static final class FastClock extends Clock {

        private static final int SPEED = 20;

        private final long start = System.nanoTime();
        private final Instant from = Instant.now();

        @Override
        public Instant instant() {
            return from.plusNanos((System.nanoTime() - start) * SPEED);
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
