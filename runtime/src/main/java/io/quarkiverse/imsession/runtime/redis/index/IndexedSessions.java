package io.quarkiverse.imsession.runtime.redis.index;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.redis.client.RedisClock;
import io.quarkiverse.imsession.runtime.redis.client.RedisScript;
import io.quarkiverse.imsession.runtime.redis.index.IndexPlan.Wanted;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entered;
import io.quarkiverse.imsession.runtime.redis.index.Reservations.Reservation;
import io.quarkiverse.imsession.runtime.redis.session.RedisSessions;
import io.quarkiverse.imsession.runtime.redis.session.ScriptAnswer;
import io.quarkiverse.imsession.runtime.store.References;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.quarkiverse.imsession.spi.AppliedUpdate;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.Replaced;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;
import io.vertx.redis.client.Response;

/**
 * Stores sessions that have references: makes the entries in the index that a change needs, changes the session, and
 * removes the entries that no session needs any more.
 */
public final class IndexedSessions implements SessionStore {

    /** The greatest number of attempts: more than the number of parallel requests that change the references of one session. */
    private static final int MOST_ATTEMPTS = 100;

    private final RedisSessions sessions;
    private final RedisClock clock;
    private final IndexPlan plan;
    private final RedisIndex index;
    private final Reservations reservations;
    private final RedisScript update = RedisScript.load("time.lua", "with-index.lua", "update-unchanged.lua", "token.lua",
            "index.lua", "update.lua");

    public IndexedSessions(RedisSessions sessions, RedisClock clock, IndexPlan plan, RedisIndex index,
            Reservations reservations) {
        this.sessions = sessions;
        this.clock = clock;
        this.plan = plan;
        this.index = index;
        this.reservations = reservations;
    }

    @Override
    public CompletionStage<@Nullable StoredSession> load(SessionId id) {
        return sessions.load(id);
    }

    @Override
    public CompletionStage<@Nullable StoredSession> load(SessionId id, Set<String> fields) {
        return sessions.load(id, fields);
    }

    @Override
    public CompletionStage<Created> create(SessionId id, NewSession session) {
        return reserve(id, session, null, () -> Stages.done(null)).thenCompose(reservation -> create(id, session, reservation));
    }

    private CompletionStage<Created> create(SessionId id, NewSession session, Reservation reservation) {
        return sessions.create(id, session, scores(reservation.entries()), reservation::checkInTime);
    }

    /**
     * The entries of the new session are made before the old one is destroyed. So if a limit refuses the new session, the old
     * one stays.
     */
    @Override
    public CompletionStage<Replaced> replace(SessionId old, Presented presented, Duration grace, SessionId id,
            NewSession session) {
        return reserve(id, session, old, () -> check(old, presented))
                .thenCompose(reservation -> destroy(old, presented, grace).thenCompose(result -> {
                    if (result == DestroyResult.SUPERSEDED) {
                        return reservations.release(id, reservation.entries())
                                .thenApply(released -> new Replaced(result, null));
                    }
                    return create(id, session, reservation).thenApply(created -> new Replaced(result, created));
                })).exceptionallyCompose(failure -> RefusedException.answer(failure, Replaced.class));
    }

    private CompletionStage<Reservation> reserve(SessionId id, NewSession session, @Nullable SessionId replaced,
            Supplier<CompletionStage<Void>> check) {
        List<Wanted> wanted = plan.entries(session.data());
        return wanted.isEmpty() ? Stages.done(Reservation.NONE)
                : reservations.reserve(id, wanted, IndexPlan.stay(session.expiry(), null), replaced, check);
    }

    /** Fails if the session would not be destroyed, so that no other session is evicted for its replacement. */
    private CompletionStage<Void> check(SessionId old, Presented presented) {
        return load(old).thenAccept(stored -> {
            if (stored != null && !stored.token().isValid(presented)) {
                throw new RefusedException(new Replaced(DestroyResult.SUPERSEDED, null));
            }
        });
    }

    @Override
    public CompletionStage<@Nullable Void> confirm(SessionId id) {
        return sessions.confirm(id);
    }

    @Override
    public boolean hasToConfirm() {
        return sessions.hasToConfirm();
    }

    @Override
    public boolean isTransactional() {
        return true;
    }

    @Override
    public CompletionStage<Boolean> destroy(SessionId id) {
        return destroy(id, null, Duration.ZERO).thenApply(result -> result == DestroyResult.DESTROYED);
    }

    @Override
    public CompletionStage<DestroyResult> destroy(SessionId id, Presented presented) {
        return destroy(id, presented, Duration.ZERO);
    }

    private CompletionStage<DestroyResult> destroy(SessionId id, @Nullable Presented presented, Duration grace) {
        return index.removeAll(id, sessions.destroy(id, presented, grace, List.copyOf(plan.fields())));
    }

    @Override
    public CompletionStage<UpdateResult> update(SessionId id, SessionUpdate change) {
        return update(id, change, 1);
    }

    private CompletionStage<UpdateResult> update(SessionId id, SessionUpdate change, int attempt) {
        List<Wanted> wanted = plan.entries(change, clock.now(), attempt > 1);
        if (wanted.isEmpty()) {
            return update(id, change, Reservation.NONE, attempt);
        }
        // If the lifetime does not change, its rest may be longer than a damaged own timeout.
        Duration stay = change.expiry() == null ? IndexPlan.stay(new Expiry(remaining(change), null, null), null)
                : IndexPlan.stay(change.expiry(), change.basis().ownTimeout());
        return reservations.reserve(id, wanted, stay, null, () -> check(id, change))
                .thenCompose(reservation -> update(id, change, reservation, attempt))
                .exceptionallyCompose(failure -> RefusedException.answer(failure, UpdateResult.class));
    }

    /** Fails if the update would be refused, so that no other session is evicted for it. */
    private CompletionStage<Void> check(SessionId id, SessionUpdate change) {
        return load(id).thenAccept(stored -> {
            UpdateResult result = stored == null ? new UpdateResult.Gone() : AppliedUpdate.of(stored, change).result();
            if (!(result instanceof Updated)) {
                throw new RefusedException(result);
            }
        });
    }

    private CompletionStage<UpdateResult> update(SessionId id, SessionUpdate change, Reservation reservation, int attempt) {
        Map<Reference, Entered> entries = reservation.entries();
        return sessions
                .update(update, id, change, !entries.isEmpty() || plan.isConcerned(change), arguments(change, entries, attempt),
                        reservation::checkInTime)
                .thenCompose(answer -> {
                    if (answer.word().equals("AGAIN")) {
                        return updateAgain(id, change, unneeded(entries, answer), attempt);
                    }
                    UpdateResult result = sessions.result(answer);
                    CompletionStage<Void> removing = result instanceof UpdateResult.Gone ? index.remove(id, scores(entries))
                            : result instanceof Updated ? index.remove(id, told(answer))
                                    : reservations.release(id, unneeded(entries, answer));
                    return removing.thenApply(removed -> result);
                });
    }

    /**
     * Makes the entries for the session as it is now: a parallel request has moved it, or made it live longer.
     *
     * @param unneeded entries that were made for the session as it was, and that it does not need
     */
    private CompletionStage<UpdateResult> updateAgain(SessionId id, SessionUpdate change, Map<Reference, Entered> unneeded,
            int attempt) {
        if (attempt == MOST_ATTEMPTS) {
            throw new SessionStoreException("The references of session " + id + " are changed all the time by other requests");
        }
        return load(id).thenCompose(basis -> {
            if (basis == null || basis.isReplaced()) {
                return index.remove(id, scores(unneeded)).thenApply(removed -> new UpdateResult.Gone());
            }
            if (change.presented() != null && !basis.token().isValid(change.presented())) {
                return reservations.release(id, unneeded).thenApply(released -> new UpdateResult.Superseded());
            }
            if (!change.isExpected(basis)) {
                return reservations.release(id, unneeded).thenApply(released -> new UpdateResult.Changed(basis));
            }
            SessionUpdate rebased = change.on(basis);
            UpdateResult tooLarge = rebased.tooLarge(basis);
            if (tooLarge != null) {
                return reservations.release(id, unneeded).thenApply(released -> tooLarge);
            }
            plan.entries(rebased.appliedTo(basis.data())).forEach(needed -> unneeded.remove(needed.reference()));
            reservations.release(id, unneeded);
            return update(id, rebased, attempt + 1).thenApply(result -> withSession(result, rebased));
        });
    }

    /** The result for a caller that has loaded an earlier version of the session. */
    private static UpdateResult withSession(UpdateResult result, SessionUpdate rebased) {
        if (!(result instanceof Updated updated) || updated.session() != null) {
            return result;
        }
        return new Updated(updated.token(), updated.now(), updated.expiresAt(), AppliedUpdate.stored(rebased, updated));
    }

    /** The arguments of {@code index.lua}. */
    private List<String> arguments(SessionUpdate change, Map<Reference, Entered> entries, int attempt) {
        List<String> arguments = new ArrayList<>(3 * plan.fields().size() + 1);
        for (String field : plan.fields()) {
            String after = entries.isEmpty() ? null : change.after(field);
            Entered entry = References.of(field, after).map(entries::get).orElse(null);
            arguments.add(field);
            if (entry != null) {
                arguments.add(after);
                arguments.add(Long.toString(entry.score()));
            } else {
                arguments.add("");
                // For damaged data the script answers AGAIN at first.
                boolean canHaveNone = attempt > 1 && References.of(change.basis().data(), field).isEmpty();
                arguments.add(canHaveNone ? "none" : "");
            }
        }
        arguments.add(Integer.toString(plan.fields().size()));
        return arguments;
    }

    /**
     * The entries that an update does not need, by the answer of the script. It has the stored values, which may differ from
     * the loaded ones.
     */
    private static Map<Reference, Long> told(ScriptAnswer answer) {
        int size = answer.more();
        if (size == 0) {
            return Map.of();
        }
        Response reply = answer.reply();
        Map<Reference, Long> told = new LinkedHashMap<>();
        for (int i = 1; i <= size; i += 3) {
            String field = reply.get(i).toString();
            long score = reply.get(i + 2).toLong();
            References.of(field, reply.get(i + 1).toString()).ifPresent(reference -> told.put(reference, score));
        }
        return told;
    }

    private static Map<Reference, Entered> unneeded(Map<Reference, Entered> entries, ScriptAnswer answer) {
        Map<Reference, Entered> unneeded = new LinkedHashMap<>(entries);
        unneeded.keySet().retainAll(told(answer).keySet());
        return unneeded;
    }

    private static Map<Reference, Long> scores(Map<Reference, Entered> entries) {
        if (entries.isEmpty()) {
            return Map.of();
        }
        Map<Reference, Long> scores = new LinkedHashMap<>();
        entries.forEach((reference, entry) -> scores.put(reference, entry.score()));
        return scores;
    }

    private Duration remaining(SessionUpdate change) {
        Duration remaining = Duration.between(clock.now(), change.basis().expiresAt());
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }
}
