package io.quarkiverse.imsession.runtime.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * A limited number of sessions. To make room for another one, a session that has ended is removed, or the least recently used
 * one if none has ended. Not thread-safe.
 */
final class MemorySessions {

    /**
     * The greatest number of ended sessions that one call removes: more than it adds, so that their number shrinks, and few
     * enough that the call is fast.
     */
    private static final int DROPPED_PER_PUT = 2;

    private final long max;
    private final LinkedHashMap<SessionId, Found> byUse = new LinkedHashMap<>(16, 0.75f, true);
    private final TreeSet<Found> byEnd = new TreeSet<>(MemorySessions::byEnd);

    MemorySessions(long max) {
        this.max = max;
    }

    /** A session that has not ended, or null. Marks it as used. */
    @Nullable
    StoredSession use(SessionId id, Instant now) {
        Found found = byUse.get(id);
        return found == null || hasEnded(found, now) ? null : found.session();
    }

    /** Sets a session, and marks it as used. */
    void put(SessionId id, StoredSession session, Instant now) {
        remove(id);
        Found found = new Found(id, session);
        byUse.put(id, found);
        byEnd.add(found);
        for (int i = 0; i < DROPPED_PER_PUT && hasEnded(byEnd.first(), now); i++) {
            remove(byEnd.first().id());
        }
        while (byUse.size() > max) {
            remove(byUse.keySet().iterator().next());
        }
    }

    /** Removes a session. False if there is none, or if it has ended. */
    boolean remove(SessionId id, Instant now) {
        Found found = remove(id);
        return found != null && !hasEnded(found, now);
    }

    private @Nullable Found remove(SessionId id) {
        Found found = byUse.remove(id);
        if (found != null) {
            byEnd.remove(found);
        }
        return found;
    }

    /** The sessions that have not ended and fulfil a condition. Does not mark them as used. */
    List<Found> living(Instant now, Predicate<Found> condition) {
        List<Found> living = new ArrayList<>();
        for (Found found : byUse.values()) {
            if (!hasEnded(found, now) && condition.test(found)) {
                living.add(found);
            }
        }
        return living;
    }

    long count(Instant now) {
        long ended = 0;
        for (Found found : byEnd) {
            if (!hasEnded(found, now)) {
                break;
            }
            ended++;
        }
        return byUse.size() - ended;
    }

    /** Orders sessions by their end, and those that end at the same time by their id. */
    private static int byEnd(Found one, Found other) {
        int byEnd = one.session().expiresAt().compareTo(other.session().expiresAt());
        return byEnd != 0 ? byEnd : one.id().value().compareTo(other.id().value());
    }

    private static boolean hasEnded(Found found, Instant now) {
        return Lifetime.isOver(found.session(), now);
    }
}
