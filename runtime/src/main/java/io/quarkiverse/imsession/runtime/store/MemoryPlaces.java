package io.quarkiverse.imsession.runtime.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.StoredSession;

/** Keeps limits in memory: counting the sessions of a value and storing another one is one step, under a lock. */
final class MemoryPlaces {

    private final Map<SessionId, StoredSession> sessions;
    private final SessionLimits limits;
    private final Object lock = new Object();

    MemoryPlaces(Map<SessionId, StoredSession> sessions, SessionLimits limits) {
        this.sessions = sessions;
        this.limits = limits;
    }

    /** Makes room and stores, without any other in between. Without limits nobody waits. */
    <T> CompletionStage<T> taking(Supplier<List<SessionId>> makeRoom, Supplier<CompletionStage<T>> store) {
        if (limits.byField().isEmpty()) {
            return store.get();
        }
        List<SessionId> ended;
        CompletionStage<T> stored;
        synchronized (lock) {
            try {
                ended = makeRoom.get();
            } catch (SessionLimitException e) {
                return CompletableFuture.failedStage(e);
            }
            stored = store.get();
        }
        ended.forEach(limits.onEnded());
        return stored;
    }

    /** Ends a session, but not while others are being ended to make room for it. */
    boolean leaving(BooleanSupplier end) {
        if (limits.byField().isEmpty()) {
            return end.getAsBoolean();
        }
        synchronized (lock) {
            return end.getAsBoolean();
        }
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
    List<SessionId> makeRoom(SessionId id, SessionData before, SessionData after, @Nullable SessionId instead) {
        List<SessionId> ended = new ArrayList<>();
        for (boolean endOldest : new boolean[] { false, true }) {
            limits.byField().forEach((field, limit) -> {
                Optional<Reference> wanted = References.of(after, field);
                if (limit.endOldest() == endOldest && wanted.isPresent() && !wanted.equals(References.of(before, field))) {
                    ended.addAll(makeRoom(wanted.get(), limit, id, instead));
                }
            });
        }
        return ended;
    }

    private List<SessionId> makeRoom(Reference reference, SessionLimit limit, SessionId id, @Nullable SessionId instead) {
        List<Found> others = sessions.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(id) && !entry.getKey().equals(instead))
                .filter(entry -> References.has(entry.getValue().data(), reference))
                .map(entry -> new Found(entry.getKey(), entry.getValue()))
                .sorted(RoomPlan.BY_AGE).toList();
        int excess = others.size() + 1 - limit.max();
        if (excess <= 0) {
            return List.of();
        }
        if (!limit.endOldest()) {
            throw new SessionLimitException(reference.field(), limit.max());
        }
        List<SessionId> oldest = others.subList(0, excess).stream().map(Found::id).toList();
        return oldest.stream().filter(other -> sessions.remove(other) != null).toList();
    }
}
