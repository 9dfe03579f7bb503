package io.quarkiverse.imsession.runtime.store;

import java.time.Clock;
import java.util.Map;

/** The memory store with a clock of the test's choosing, for tests in other packages. */
public final class MemoryAccess {

    private MemoryAccess() {
    }

    public static MemorySessionStore store(long maxSessions, Clock clock) {
        return new MemorySessionStore(maxSessions, clock, SessionLimits.NONE);
    }

    /** Each value of a field may have one session; the next one ends it. */
    public static MemorySessionStore oneEach(Clock clock, String field) {
        SessionLimits limits = new SessionLimits(Map.of(field, new SessionLimit(1, true)), (id, full) -> {
        });
        return new MemorySessionStore(1000, clock, limits);
    }
}
