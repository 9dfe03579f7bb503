package io.quarkiverse.imsession.runtime.histories;

import java.time.Clock;
import java.util.List;

import io.quarkiverse.imsession.runtime.histories.History.Instance;
import io.quarkiverse.imsession.runtime.store.MemoryAccess;
import io.quarkiverse.imsession.spi.SessionStore;

class MemoryHistoryTest extends HistoryContract {

    private final SessionStore store = MemoryAccess.store(100_000, Clock.systemUTC());

    @Override
    protected List<Instance> instances() {
        return List.of(new Instance(store, Runnable::run));
    }
}
