package io.quarkiverse.imsession.runtime.redis.index;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entry;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Taken;
import io.quarkiverse.imsession.runtime.store.References;
import io.quarkiverse.imsession.runtime.store.SessionLimit;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * Decides who has to leave a full set to make room for one session more.
 *
 * @param dead entries whose sessions are no more or have another value
 * @param oldest sessions to end
 * @param isEnough whether there is room afterwards; else some places belong to sessions that are just being stored
 */
record RoomPlan(List<Entry> dead, List<SessionId> oldest, boolean isEnough) {

    /**
     * @param sessions the sessions of the entries, in the same order, as they were found after the entries
     * @param instead a session that is about to be ended, and so counts no more; or null
     */
    static RoomPlan of(Reference reference, SessionLimit limit, List<Taken> entries, List<@Nullable StoredSession> sessions,
            @Nullable SessionId instead) {
        int excess = 1 - limit.max();
        List<Entry> dead = new ArrayList<>();
        List<Found> living = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i).entry();
            if (entry.id().equals(instead)) {
                continue;
            }
            excess++;
            StoredSession session = sessions.get(i);
            if (session != null && References.has(session.data(), reference)) {
                living.add(new Found(entry.id(), session));
            } else if (!entries.get(i).isBeingStored()) {
                dead.add(entry);
            }
        }
        int missing = Math.max(0, excess - dead.size());
        if (!limit.destroyOldest()) {
            return new RoomPlan(dead, List.of(), missing == 0);
        }
        List<SessionId> oldest = living.stream().sorted(SessionLimits.OLDEST_FIRST).limit(missing).map(Found::id).toList();
        return new RoomPlan(dead, oldest, oldest.size() == missing);
    }

    boolean isEmpty() {
        return dead.isEmpty() && oldest.isEmpty();
    }
}
