package io.quarkiverse.imsession.runtime.redis.index;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.CountedEntry;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entry;
import io.quarkiverse.imsession.runtime.store.References;
import io.quarkiverse.imsession.runtime.store.SessionLimit;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.StoredSession;

/**
 * Decides which entries and sessions must be removed to make room for one more session in a full set.
 *
 * @param stale entries whose sessions are gone or have another value
 * @param oldest the sessions to evict
 * @param isEnough whether there is room afterwards; otherwise some entries belong to sessions that are about to be stored
 */
record EvictionPlan(List<Entry> stale, List<SessionId> oldest, boolean isEnough) {

    /**
     * @param sessions the sessions of the entries, in the same order, which were loaded after the entries
     * @param replaced a session that is about to be replaced, and is not counted; or null
     */
    static EvictionPlan of(Reference reference, SessionLimit limit, List<CountedEntry> entries,
            List<@Nullable StoredSession> sessions,
            @Nullable SessionId replaced) {
        int excess = 1 - limit.max();
        List<Entry> stale = new ArrayList<>();
        List<Found> living = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i).entry();
            if (entry.id().equals(replaced)) {
                continue;
            }
            excess++;
            StoredSession session = sessions.get(i);
            if (session != null && References.has(session.data(), reference)) {
                living.add(new Found(entry.id(), session));
            } else if (!entries.get(i).isPending()) {
                stale.add(entry);
            }
        }
        int missing = Math.max(0, excess - stale.size());
        if (!limit.destroyOldest()) {
            return new EvictionPlan(stale, List.of(), missing == 0);
        }
        List<SessionId> oldest = living.stream().sorted(SessionLimits.OLDEST_FIRST).limit(missing).map(Found::id).toList();
        return new EvictionPlan(stale, oldest, oldest.size() == missing);
    }

    boolean isEmpty() {
        return stale.isEmpty() && oldest.isEmpty();
    }
}
