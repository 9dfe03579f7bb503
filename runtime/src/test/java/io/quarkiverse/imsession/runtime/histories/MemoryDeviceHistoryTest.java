package io.quarkiverse.imsession.runtime.histories;

import java.time.Clock;

import io.quarkiverse.imsession.runtime.store.MemoryAccess;
import io.quarkiverse.imsession.spi.SessionStore;

class MemoryDeviceHistoryTest extends DeviceHistoryContract {

    private final SessionStore store = MemoryAccess.store(1000, Clock.systemUTC());

    @Override
    SessionStore store() {
        return store;
    }
}
