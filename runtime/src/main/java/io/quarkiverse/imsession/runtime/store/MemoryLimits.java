package io.quarkiverse.imsession.runtime.store;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;

/**
 * Enforces the limits of references in memory. The caller holds the lock of the sessions until it has stored the session too.
 */
final class MemoryLimits {

    private final MemorySessions sessions;
    private final SessionLimits limits;

    MemoryLimits(MemorySessions sessions, SessionLimits limits) {
        this.sessions = sessions;
        this.limits = limits;
    }

    /**
     * Evicts the oldest sessions where there are too many. No session is evicted for a session that another limit refuses.
     *
     * @param before the current data of the session
     * @param after the new data of the session
     * @param replaced a session that is about to be replaced, and is not counted; or null
     * @return the evicted sessions, each with the reference that was full
     * @throws SessionLimitException if a limit refuses it
     */
    Map<SessionId, Reference> makeRoom(SessionId id, SessionData before, SessionData after, @Nullable SessionId replaced,
            Instant now) {
        if (limits.byField().isEmpty()) {
            return Map.of();
        }
        Map<SessionId, Reference> ended = new LinkedHashMap<>();
        for (boolean destroyOldest : new boolean[] { false, true }) {
            limits.byField().forEach((field, limit) -> {
                Optional<Reference> wanted = References.of(after, field);
                if (limit.destroyOldest() == destroyOldest && wanted.isPresent()
                        && !wanted.equals(References.of(before, field))) {
                    makeRoom(wanted.get(), limit, id, replaced, now).forEach(other -> ended.put(other, wanted.get()));
                }
            });
        }
        return ended;
    }

    private List<SessionId> makeRoom(Reference reference, SessionLimit limit, SessionId id, @Nullable SessionId replaced,
            Instant now) {
        List<Found> others = sessions.living(now, other -> !other.id().equals(id) && !other.id().equals(replaced)
                && References.has(other.session().data(), reference));
        int excess = others.size() + 1 - limit.max();
        if (excess <= 0) {
            return List.of();
        }
        if (!limit.destroyOldest()) {
            throw new SessionLimitException(reference.field(), limit.max());
        }
        others.sort(SessionLimits.OLDEST_FIRST);
        List<SessionId> oldest = others.subList(0, excess).stream().map(Found::id).toList();
        oldest.forEach(other -> sessions.remove(other, now));
        return oldest;
    }
}
