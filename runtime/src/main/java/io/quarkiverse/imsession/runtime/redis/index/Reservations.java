package io.quarkiverse.imsession.runtime.redis.index;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.redis.index.IndexPlan.Wanted;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Capacity;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.CountedEntry;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entered;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entering;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entry;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Full;
import io.quarkiverse.imsession.runtime.redis.session.RedisSessions;
import io.quarkiverse.imsession.runtime.store.SessionLimit;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.vertx.core.Vertx;

/**
 * Makes the entries of sessions in the index, and keeps the limits of references.
 * <p>
 * An entry is a reservation: it is made before its session is stored, by a script that refuses it if the set is full. So there
 * are never more sessions than the limit allows. A caller that finds a set full removes stale entries, or evicts the oldest
 * sessions, and tries again.
 */
public final class Reservations {

    private static final long PAUSE_MILLIS = 10;
    private static final int MOST_ATTEMPTS = 3;

    private final RedisIndex index;
    private final IndexPlan plan;
    private final StaleEntries staleEntries;
    private final RedisSessions sessions;
    private final SessionLimits limits;
    private final Vertx vertx;
    private final Duration commandTimeout;

    public Reservations(RedisIndex index, IndexPlan plan, StaleEntries staleEntries, RedisSessions sessions,
            SessionLimits limits, Vertx vertx, Duration commandTimeout) {
        this.index = index;
        this.plan = plan;
        this.staleEntries = staleEntries;
        this.sessions = sessions;
        this.limits = limits;
        this.vertx = vertx;
        this.commandTimeout = commandTimeout;
    }

    /**
     * Enters a session under all references, in one round trip if there is room. Fails with {@link SessionLimitException} if a
     * limit refuses it; then the session has only the entries that it had before.
     *
     * @param replaced a session that this one replaces, and that is not counted; or null
     * @param check fails if the session would not be stored, as its client has lost it meanwhile. It is called only before
     *        another session is evicted, and its failure is the failure of the reservation
     */
    CompletionStage<Reservation> reserve(SessionId id, List<Wanted> wanted, Duration stay, @Nullable SessionId replaced,
            Supplier<CompletionStage<Void>> check) {
        return reserve(id, wanted, stay, replaced, check, 1);
    }

    /** Reserves again if this process was busy and read the replies late. This renews the entries. */
    private CompletionStage<Reservation> reserve(SessionId id, List<Wanted> wanted, Duration stay,
            @Nullable SessionId replaced, Supplier<CompletionStage<Void>> check, int attempt) {
        Request request = new Request(id, stay, replaced, check, System.nanoTime() + commandTimeout.toNanos());
        return Stages.each(wanted, entry -> tryOnce(request, entry)).thenCompose(tried -> {
            Map<Reference, Entered> entered = new LinkedHashMap<>();
            Map<Reference, Full> full = new LinkedHashMap<>();
            for (int i = 0; i < tried.size(); i++) {
                if (tried.get(i) instanceof Entered done) {
                    entered.put(wanted.get(i).reference(), done);
                } else {
                    full.put(wanted.get(i).reference(), (Full) tried.get(i));
                }
            }
            return (full.isEmpty() ? CompletableFuture.<Void> completedStage(null) : makeRoom(request, entered, full))
                    .thenCompose(done -> {
                        if (request.isLate() && attempt < MOST_ATTEMPTS) {
                            return reserve(id, wanted, stay, replaced, check, attempt + 1);
                        }
                        request.checkInTime();
                        return CompletableFuture.completedStage(new Reservation(entered, request.deadlineNanos()));
                    }).exceptionallyCompose(failure -> release(id, entered)
                            .thenCompose(released -> CompletableFuture.failedStage(failure)));
        });
    }

    /**
     * Removes entries that were just made and are not needed. A parallel request that is about to store the session may need an
     * entry that existed before. So such an entry is checked later, when that request must have finished.
     */
    CompletionStage<Void> release(SessionId id, Map<Reference, Entered> entered) {
        Map<Reference, Long> own = new LinkedHashMap<>();
        entered.forEach((reference, entry) -> {
            if (entry.isNew()) {
                own.put(reference, entry.score());
            } else {
                staleEntries.removeLater(reference, List.of(new Entry(id, entry.score())));
            }
        });
        return index.remove(id, own);
    }

    private static void checkInTime(long deadlineNanos) {
        if (isLate(deadlineNanos)) {
            throw new SessionStoreException("The session was not entered into the index within"
                    + " quarkus.imsession.redis.command-timeout: Redis is slow, or very many sessions of one value are being stored");
        }
    }

    private static boolean isLate(long deadlineNanos) {
        return System.nanoTime() - deadlineNanos > 0;
    }

    private CompletionStage<Entering> tryOnce(Request request, Wanted wanted) {
        SessionLimit limit = wanted.isCounted() ? limits.of(wanted.reference()) : null;
        Capacity capacity = limit == null ? Capacity.UNLIMITED
                : new Capacity(limit.max(), commandTimeout.multipliedBy(RedisIndex.TIMEOUTS_TO_STORE), request.replaced());
        return index.enter(request.id(), wanted.reference(), request.stay(), capacity);
    }

    /**
     * Makes room under all references. Limits that may refuse the session come first, so that no session is evicted for a
     * session that another limit refuses.
     */
    private CompletionStage<Void> makeRoom(Request request, Map<Reference, Entered> entered, Map<Reference, Full> full) {
        List<Reference> order = new ArrayList<>(full.keySet());
        order.sort((a, b) -> Boolean.compare(limits.of(a).destroyOldest(), limits.of(b).destroyOldest()));
        CompletionStage<Void> all = CompletableFuture.completedStage(null);
        for (Reference reference : order) {
            all = all.thenCompose(before -> makeRoom(request, reference, full.get(reference).entries()))
                    .thenAccept(done -> entered.put(reference, done));
        }
        return all;
    }

    private CompletionStage<Entered> makeRoom(Request request, Reference reference, List<CountedEntry> entries) {
        SessionLimit limit = limits.of(reference);
        return Stages.each(entries, counted -> sessions.load(counted.entry().id())).thenCompose(loaded -> {
            EvictionPlan eviction = EvictionPlan.of(reference, limit, entries, loaded, request.replaced());
            if (!limit.destroyOldest() && !eviction.isEnough()) {
                throw new SessionLimitException(reference.field(), limit.max());
            }
            request.checkInTime();
            CompletionStage<Void> allowed = eviction.oldest().isEmpty() ? Stages.done(null) : request.check().get();
            return allowed.thenCompose(yes -> carryOut(eviction, reference))
                    .thenCompose(done -> tryOnce(request, new Wanted(reference, true)));
        }).thenCompose(entering -> entering instanceof Full full ? makeRoom(request, reference, full.entries())
                : CompletableFuture.completedStage((Entered) entering));
    }

    private CompletionStage<?> carryOut(EvictionPlan eviction, Reference reference) {
        if (eviction.isEmpty()) {
            return pause();
        }
        List<CompletionStage<Void>> removing = new ArrayList<>();
        for (Entry entry : eviction.stale()) {
            removing.add(index.remove(entry.id(), Map.of(reference, entry.score())));
        }
        for (SessionId id : eviction.oldest()) {
            removing.add(evict(id).thenAccept(result -> {
                if (result == DestroyResult.DESTROYED) {
                    limits.onEnded().accept(id, reference);
                }
            }));
        }
        return Stages.all(removing);
    }

    private CompletionStage<DestroyResult> evict(SessionId id) {
        return index.removeAll(id, sessions.destroy(id, null, Duration.ZERO, List.copyOf(plan.fields())));
    }

    private CompletionStage<Void> pause() {
        CompletableFuture<Void> over = new CompletableFuture<>();
        vertx.setTimer(PAUSE_MILLIS, timer -> over.complete(null));
        return over;
    }

    /**
     * The entries of a session that is about to be stored or extended.
     *
     * @param deadlineNanos the time until which storing must begin; later the entries may be considered stale
     */
    record Reservation(Map<Reference, Entered> entries, long deadlineNanos) {

        static final Reservation NONE = new Reservation(Map.of(), 0);

        /** Call this before each attempt to store the session. */
        void checkInTime() {
            if (!entries.isEmpty()) {
                Reservations.checkInTime(deadlineNanos);
            }
        }
    }

    /**
     * A session to enter.
     *
     * @param check fails if the session would not be stored
     * @param deadlineNanos the time until which it must be entered; soon afterwards its entries no longer count as pending
     */
    private record Request(SessionId id, Duration stay, @Nullable SessionId replaced,
            Supplier<CompletionStage<Void>> check, long deadlineNanos) {

        boolean isLate() {
            return Reservations.isLate(deadlineNanos);
        }

        void checkInTime() {
            Reservations.checkInTime(deadlineNanos);
        }
    }
}
