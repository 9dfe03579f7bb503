package io.quarkiverse.imsession.runtime.store;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * Remembers the tokens of replaced sessions for a while. Their number is limited; beyond it the oldest is forgotten. Not
 * thread-safe.
 */
final class MemoryReplaced {

    static final int MOST_SESSIONS = 10_000;

    private final LinkedHashMap<SessionId, StoredSession> byAge = new LinkedHashMap<>();

    void put(SessionId id, StoredSession replaced) {
        byAge.put(id, replaced);
        Iterator<StoredSession> oldest = byAge.values().iterator();
        while (isOver(oldest.next(), replaced.now()) || byAge.size() > MOST_SESSIONS) {
            oldest.remove();
        }
    }

    /** The remainder of a replaced session, or null if it is forgotten. */
    @Nullable
    StoredSession get(SessionId id, Instant now) {
        StoredSession replaced = byAge.get(id);
        return replaced == null || isOver(replaced, now) ? null : replaced.at(now);
    }

    private static boolean isOver(StoredSession replaced, Instant now) {
        return !replaced.expiresAt().isAfter(now);
    }
}
