package io.quarkiverse.imsession.runtime.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import io.quarkiverse.imsession.SessionId;

/** Lets about one refusal an hour of each session pass, so that who has an old token cannot fill the journal of its user. */
final class RecentRefusals {

    static final long PAUSE_NANOS = 3_600_000_000_000L;
    private static final int MOST_SESSIONS = 10_000;

    private final LongSupplier nanos;
    private final Map<SessionId, Long> passed = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SessionId, Long> eldest) {
            return size() > MOST_SESSIONS;
        }
    };

    /** @param nanos counts nanoseconds, as {@link System#nanoTime()} does */
    RecentRefusals(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized boolean pass(SessionId id) {
        long now = nanos.getAsLong();
        Long before = passed.get(id);
        if (before != null && now - before < PAUSE_NANOS) {
            return false;
        }
        passed.remove(id);
        passed.put(id, now);
        return true;
    }
}
