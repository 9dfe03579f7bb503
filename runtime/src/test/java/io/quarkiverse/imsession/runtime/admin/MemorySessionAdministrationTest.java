package io.quarkiverse.imsession.runtime.admin;

import io.quarkiverse.imsession.runtime.store.MemorySessionStore;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.SessionStore;

class MemorySessionAdministrationTest extends SessionAdministrationContract {

    private final SessionStore store = new MemorySessionStore(100_000, SessionLimits.NONE);

    @Override
    protected SessionStore store() {
        return store;
    }
}
