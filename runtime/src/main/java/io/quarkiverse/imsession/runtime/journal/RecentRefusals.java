package io.quarkiverse.imsession.runtime.journal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.SessionId;

/**
 * Lets about one refusal an hour of each session pass, of each cause, so that who has a copy of a token cannot fill the journal
 * of its user.
 */
final class RecentRefusals {

    static final long PAUSE_NANOS = 3_600_000_000_000L;
    private static final int MOST = 10_000;

    private final LongSupplier nanos;
    private final Map<Refusal, Long> passed = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Refusal, Long> eldest) {
            return size() > MOST;
        }
    };

    /** @param nanos counts nanoseconds, as {@link System#nanoTime()} does */
    RecentRefusals(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized boolean pass(SessionId id, Cause cause) {
        Refusal refusal = new Refusal(id, cause);
        long now = nanos.getAsLong();
        Long before = passed.get(refusal);
        if (before != null && now - before < PAUSE_NANOS) {
            return false;
        }
        passed.remove(refusal);
        passed.put(refusal, now);
        return true;
    }

    private record Refusal(SessionId id, Cause cause) {
    }
}
