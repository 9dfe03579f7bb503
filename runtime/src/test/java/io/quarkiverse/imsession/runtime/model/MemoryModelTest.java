package io.quarkiverse.imsession.runtime.model;

import java.time.Clock;
import java.util.List;

import io.quarkiverse.imsession.runtime.admin.AdministrationAccess;
import io.quarkiverse.imsession.runtime.model.ModelRun.Ageing;
import io.quarkiverse.imsession.runtime.model.ModelRun.Instance;
import io.quarkiverse.imsession.runtime.model.QuietPoint.Inspection;
import io.quarkiverse.imsession.runtime.store.MemoryAccess;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.test.MovableClock;

class MemoryModelTest extends ModelContract {

    private final MovableClock clock = new MovableClock();

    @Override
    protected List<Instance> instances(Lifetimes lifetimes) {
        IndexedSessionStore store = MemoryAccess.store(100_000, clock);
        return List.of(new Instance(store, AdministrationAccess.of(store, lifetimes.timeout(), Values.REFERENCES)));
    }

    @Override
    protected Clock clock() {
        return clock;
    }

    /** The clock is put forward instead. */
    @Override
    protected Ageing ageing() {
        return null;
    }

    @Override
    protected void letTimePass() {
        clock.move(SessionStore.EXPIRY_SLACK.plus(Lifetimes.MIXED.shortOwn()));
    }

    @Override
    protected Inspection inspection() {
        return (living, mayBeEntered) -> {
        };
    }

    @Override
    protected void assertNothingIsLeft() {
        // A memory store has nothing that could not be found.
    }
}
