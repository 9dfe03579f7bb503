package io.quarkiverse.imsession.runtime.store;

import java.time.Clock;

/** The memory store with a clock of the test's choosing, for tests in other packages. */
public final class MemoryAccess {

    private MemoryAccess() {
    }

    public static MemorySessionStore store(long maxSessions, Clock clock) {
        return new MemorySessionStore(maxSessions, clock);
    }
}
