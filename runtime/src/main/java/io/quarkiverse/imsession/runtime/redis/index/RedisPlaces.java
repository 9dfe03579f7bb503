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
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entered;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entering;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entry;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Full;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Room;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Taken;
import io.quarkiverse.imsession.runtime.store.SessionLimit;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.quarkiverse.imsession.spi.SessionStore;
import io.vertx.core.Vertx;

/**
 * Gives sessions their entries in the index, of which a reference with a limit has no more than that.
 * <p>
 * An entry is a reservation: it is made before its session is stored, by a script that refuses it where the set is
 * full. So there never are more sessions than places. Who finds a set full drops entries of dead sessions, or ends the
 * oldest ones, and tries again.
 */
public final class RedisPlaces {

    private static final long PAUSE_MILLIS = 10;
    private static final int MOST_ATTEMPTS = 3;

    private final RedisIndex index;
    private final DeadEntries deadEntries;
    private final SessionStore sessions;
    private final SessionLimits limits;
    private final Vertx vertx;
    private final Duration commandTimeout;

    public RedisPlaces(RedisIndex index, DeadEntries deadEntries, SessionStore sessions, SessionLimits limits, Vertx vertx,
            Duration commandTimeout) {
        this.index = index;
        this.deadEntries = deadEntries;
        this.sessions = sessions;
        this.limits = limits;
        this.vertx = vertx;
        this.commandTimeout = commandTimeout;
    }

    /**
     * Enters a session under all references, in one round trip if there is room. Fails with {@link SessionLimitException} if a
     * limit refuses it; then it has no entry that it had not before.
     *
     * @param instead a session that ends before this one is stored, and leaves it its places; or null
     * @param check fails if the session would not be stored, as its client has lost it meanwhile: asked before another session
     *        is ended to make room, and only then. Its failure is that of the whole
     */
    public CompletionStage<Reservation> enter(SessionId id, List<Wanted> wanted, Duration stay, @Nullable SessionId instead,
            Supplier<CompletionStage<Void>> check) {
        return enter(id, wanted, stay, instead, check, 1);
    }

    /** If the reply was read late, as this process was busy, entering once more makes the entries new again. */
    private CompletionStage<Reservation> enter(SessionId id, List<Wanted> wanted, Duration stay,
            @Nullable SessionId instead, Supplier<CompletionStage<Void>> check, int attempt) {
        Newcomer newcomer = new Newcomer(id, stay, instead, check, System.nanoTime() + commandTimeout.toNanos());
        return Stages.each(wanted, entry -> tryOnce(newcomer, entry)).thenCompose(tried -> {
            Map<Reference, Entered> entered = new LinkedHashMap<>();
            Map<Reference, Full> full = new LinkedHashMap<>();
            for (int i = 0; i < tried.size(); i++) {
                if (tried.get(i) instanceof Entered done) {
                    entered.put(wanted.get(i).reference(), done);
                } else {
                    full.put(wanted.get(i).reference(), (Full) tried.get(i));
                }
            }
            return (full.isEmpty() ? CompletableFuture.<Void> completedStage(null) : makeRoom(newcomer, entered, full))
                    .thenCompose(done -> {
                        if (newcomer.isLate() && attempt < MOST_ATTEMPTS) {
                            return enter(id, wanted, stay, instead, check, attempt + 1);
                        }
                        newcomer.checkInTime();
                        return CompletableFuture.completedStage(new Reservation(entered, newcomer.deadlineNanos()));
                    }).exceptionallyCompose(failure -> leave(id, entered)
                            .thenCompose(left -> CompletableFuture.failedStage(failure)));
        });
    }

    /**
     * Gives back entries that were made a moment ago and are not needed. One that was there before may be that of a parallel
     * request, which is about to need it: so it is looked at again when that must be over.
     */
    public CompletionStage<Void> leave(SessionId id, Map<Reference, Entered> entered) {
        Map<Reference, Long> own = new LinkedHashMap<>();
        entered.forEach((reference, entry) -> {
            if (entry.isFresh()) {
                own.put(reference, entry.score());
            } else {
                deadEntries.dropLater(reference, List.of(new Entry(id, entry.score())));
            }
        });
        return index.remove(id, own);
    }

    private static void checkInTime(long deadlineNanos) {
        if (isLate(deadlineNanos)) {
            throw new SessionStoreException("The session found no place in the index within"
                    + " quarkus.imsession.redis.command-timeout: Redis is slow, or very many sessions of one value are being stored");
        }
    }

    private static boolean isLate(long deadlineNanos) {
        return System.nanoTime() - deadlineNanos > 0;
    }

    private CompletionStage<Entering> tryOnce(Newcomer newcomer, Wanted wanted) {
        SessionLimit limit = wanted.takesPlace() ? limits.of(wanted.reference()) : null;
        Room room = limit == null ? Room.UNLIMITED
                : new Room(limit.max(), commandTimeout.multipliedBy(RedisIndex.TIMEOUTS_TO_STORE), newcomer.instead());
        return index.enter(newcomer.id(), wanted.reference(), newcomer.stay(), room);
    }

    /** Where a session may be refused comes first: nobody is to be ended for a session that is refused elsewhere. */
    private CompletionStage<Void> makeRoom(Newcomer newcomer, Map<Reference, Entered> entered, Map<Reference, Full> full) {
        List<Reference> order = new ArrayList<>(full.keySet());
        order.sort((a, b) -> Boolean.compare(limits.of(a).destroyOldest(), limits.of(b).destroyOldest()));
        CompletionStage<Void> all = CompletableFuture.completedStage(null);
        for (Reference reference : order) {
            all = all.thenCompose(before -> makeRoom(newcomer, reference, full.get(reference).entries()))
                    .thenAccept(done -> entered.put(reference, done));
        }
        return all;
    }

    private CompletionStage<Entered> makeRoom(Newcomer newcomer, Reference reference, List<Taken> entries) {
        SessionLimit limit = limits.of(reference);
        return Stages.each(entries, taken -> sessions.load(taken.entry().id())).thenCompose(loaded -> {
            RoomPlan plan = RoomPlan.of(reference, limit, entries, loaded, newcomer.instead());
            if (!limit.destroyOldest() && !plan.isEnough()) {
                throw new SessionLimitException(reference.field(), limit.max());
            }
            newcomer.checkInTime();
            CompletionStage<Void> allowed = plan.oldest().isEmpty() ? Stages.done(null) : newcomer.check().get();
            return allowed.thenCompose(yes -> carryOut(plan, reference))
                    .thenCompose(done -> tryOnce(newcomer, new Wanted(reference, true)));
        }).thenCompose(entering -> entering instanceof Full full ? makeRoom(newcomer, reference, full.entries())
                : CompletableFuture.completedStage((Entered) entering));
    }

    private CompletionStage<?> carryOut(RoomPlan plan, Reference reference) {
        if (plan.isEmpty()) {
            return pause();
        }
        List<CompletionStage<Void>> leaving = new ArrayList<>();
        for (Entry entry : plan.dead()) {
            leaving.add(index.remove(entry.id(), Map.of(reference, entry.score())));
        }
        for (SessionId id : plan.oldest()) {
            leaving.add(sessions.destroy(id).thenAccept(ended -> {
                if (ended) {
                    limits.onEnded().accept(id);
                }
            }));
        }
        return Stages.all(leaving);
    }

    private CompletionStage<Void> pause() {
        CompletableFuture<Void> over = new CompletableFuture<>();
        vertx.setTimer(PAUSE_MILLIS, timer -> over.complete(null));
        return over;
    }

    /**
     * The entries of a session that is about to be stored, or that is to stay for longer.
     *
     * @param deadlineNanos until when that has to begin: afterwards the entries may be taken for those of a dead session
     */
    public record Reservation(Map<Reference, Entered> entries, long deadlineNanos) {

        public static final Reservation NONE = new Reservation(Map.of(), 0);

        /** To be called before each attempt to store the session. */
        public void checkInTime() {
            if (!entries.isEmpty()) {
                RedisPlaces.checkInTime(deadlineNanos);
            }
        }
    }

    /**
     * A session that looks for places.
     *
     * @param check fails if it would not be stored
     * @param deadlineNanos when it has to have them: its entries are soon not regarded any more as those of a session to come
     */
    private record Newcomer(SessionId id, Duration stay, @Nullable SessionId instead,
            Supplier<CompletionStage<Void>> check, long deadlineNanos) {

        boolean isLate() {
            return RedisPlaces.isLate(deadlineNanos);
        }

        void checkInTime() {
            RedisPlaces.checkInTime(deadlineNanos);
        }
    }
}
