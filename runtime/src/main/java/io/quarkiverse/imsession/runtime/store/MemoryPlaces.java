package io.quarkiverse.imsession.runtime.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;

/** Keeps limits in memory. Its caller stores the session, too, before another thread comes to the sessions. */
final class MemoryPlaces {

    private final MemorySessions sessions;
    private final SessionLimits limits;

    MemoryPlaces(MemorySessions sessions, SessionLimits limits) {
        this.sessions = sessions;
        this.limits = limits;
    }

    /**
     * Ends the oldest sessions where there are too many. Nobody is ended for a session that is refused elsewhere.
     *
     * @param before what the session was
     * @param after what it is to be
     * @param instead a session that is about to be ended, and so counts no more; or null
     * @return the sessions that were ended
     * @throws SessionLimitException if a limit refuses it
     */
    List<SessionId> makeRoom(SessionId id, SessionData before, SessionData after, @Nullable SessionId instead, Instant now) {
        if (limits.byField().isEmpty()) {
            return List.of();
        }
        List<SessionId> ended = new ArrayList<>();
        for (boolean destroyOldest : new boolean[] { false, true }) {
            limits.byField().forEach((field, limit) -> {
                Optional<Reference> wanted = References.of(after, field);
                if (limit.destroyOldest() == destroyOldest && wanted.isPresent()
                        && !wanted.equals(References.of(before, field))) {
                    ended.addAll(makeRoom(wanted.get(), limit, id, instead, now));
                }
            });
        }
        return ended;
    }

    private List<SessionId> makeRoom(Reference reference, SessionLimit limit, SessionId id, @Nullable SessionId instead,
            Instant now) {
        List<Found> others = sessions.living(now).stream()
                .filter(other -> !other.id().equals(id) && !other.id().equals(instead))
                .filter(other -> References.has(other.session().data(), reference))
                .sorted(SessionLimits.OLDEST_FIRST).toList();
        int excess = others.size() + 1 - limit.max();
        if (excess <= 0) {
            return List.of();
        }
        if (!limit.destroyOldest()) {
            throw new SessionLimitException(reference.field(), limit.max());
        }
        List<SessionId> oldest = others.subList(0, excess).stream().map(Found::id).toList();
        oldest.forEach(other -> sessions.remove(other, now));
        return oldest;
    }
}
