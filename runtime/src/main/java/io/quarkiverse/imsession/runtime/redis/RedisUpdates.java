package io.quarkiverse.imsession.runtime.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.RedisClock;
import io.quarkiverse.imsession.runtime.redis.client.RedisCommands;
import io.quarkiverse.imsession.runtime.redis.client.RedisScript;
import io.quarkiverse.imsession.runtime.redis.index.IndexPlan;
import io.quarkiverse.imsession.runtime.redis.index.IndexPlan.Wanted;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entered;
import io.quarkiverse.imsession.runtime.redis.index.RedisPlaces;
import io.quarkiverse.imsession.runtime.redis.index.RedisPlaces.Reservation;
import io.quarkiverse.imsession.runtime.redis.session.ScriptArguments;
import io.quarkiverse.imsession.runtime.store.References;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.quarkiverse.imsession.spi.AppliedUpdate;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.UpdateResult;
import io.quarkiverse.imsession.spi.UpdateResult.PresentedToken;
import io.quarkiverse.imsession.spi.UpdateResult.Updated;
import io.vertx.redis.client.Response;

/**
 * Changes stored sessions: makes the entries in the index that the change needs, runs the script that changes the session, and
 * removes the entries that nobody needs any more.
 */
final class RedisUpdates {

    /** More than there are requests that change the references of one session at the same time. */
    private static final int MOST_ATTEMPTS = 100;
    private static final int DECIMAL = 10;
    private static final String TOO_LARGE = "large ";

    private final RedisCommands redis;
    private final RedisKeys keys;
    private final RedisClock clock;
    private final SessionStore sessions;
    private final IndexPlan plan;
    private final RedisIndex index;
    private final RedisPlaces places;
    private final Duration commandTimeout;
    private final RedisScript script = RedisScript.load("token.lua", "update.lua");

    RedisUpdates(RedisCommands redis, RedisKeys keys, RedisClock clock, SessionStore sessions, IndexPlan plan, RedisIndex index,
            RedisPlaces places, Duration commandTimeout) {
        this.redis = redis;
        this.keys = keys;
        this.clock = clock;
        this.sessions = sessions;
        this.plan = plan;
        this.index = index;
        this.places = places;
        this.commandTimeout = commandTimeout;
    }

    CompletionStage<UpdateResult> update(SessionId id, SessionUpdate change) {
        return update(id, change, 1);
    }

    private CompletionStage<UpdateResult> update(SessionId id, SessionUpdate change, int attempt) {
        List<Wanted> wanted = plan.isEmpty() ? List.of() : plan.entries(change, clock.now(), attempt > 1);
        if (wanted.isEmpty()) {
            return update(id, change, Reservation.NONE, attempt);
        }
        // What is left of a lifetime that is left as it is may be more than a damaged own timeout.
        Duration stay = change.expiry() == null ? IndexPlan.stay(new Expiry(remaining(change), null, null), null)
                : IndexPlan.stay(change.expiry(), change.basis().ownTimeout());
        return places.enter(id, wanted, stay, null, () -> check(id, change))
                .thenCompose(reservation -> update(id, change, reservation, attempt))
                .exceptionallyCompose(failure -> RefusedException.answer(failure, UpdateResult.class));
    }

    /** Fails if the update would be refused: nobody is to be ended for it. */
    private CompletionStage<Void> check(SessionId id, SessionUpdate change) {
        return sessions.load(id).thenAccept(stored -> {
            UpdateResult result = stored == null ? new UpdateResult.Gone() : AppliedUpdate.of(stored, change).result();
            if (!(result instanceof Updated)) {
                throw new RefusedException(result);
            }
        });
    }

    private CompletionStage<UpdateResult> update(SessionId id, SessionUpdate change, Reservation reservation, int attempt) {
        reservation.checkInTime();
        Map<Reference, Entered> entries = reservation.entries();
        return redis.run(script, keys.session(id), arguments(change, entries, attempt), reply -> reply).thenCompose(reply -> {
            String answer = reply.get(0).toString();
            if (answer.startsWith(TOO_LARGE)) {
                return places.leave(id, inVain(entries, reply)).thenApply(left -> tooLarge(answer));
            }
            return switch (answer) {
                case "gone" -> index.remove(id, scores(entries)).thenApply(removed -> new UpdateResult.Gone());
                case "superseded" -> places.leave(id, inVain(entries, reply))
                        .thenApply(left -> new UpdateResult.Superseded());
                case "late" -> late(id, change, reservation, attempt, reply.get(1).toLong());
                case "again" -> again(id, change, inVain(entries, reply), attempt);
                default -> {
                    UpdateResult updated = updated(answer);
                    Map<Reference, Long> outdated = told(reply);
                    yield outdated.isEmpty() ? Stages.done(updated)
                            : index.remove(id, outdated).thenApply(removed -> updated);
                }
            };
        });
    }

    /** Who gets this answer is still waiting for it: so the clock of Redis is another than it was, and is known now. */
    private CompletionStage<UpdateResult> late(SessionId id, SessionUpdate change, Reservation reservation, int attempt,
            long now) {
        if (attempt == MOST_ATTEMPTS) {
            throw new SessionStoreException("The clocks of the Redis servers differ by more than"
                    + " quarkus.imsession.redis.command-timeout");
        }
        clock.set(now);
        return update(id, change, reservation, attempt + 1);
    }

    /**
     * A parallel request has moved the session, or made it live longer: the entries are to be made for what it is now.
     *
     * @param inVain entries that were made for what it was
     */
    private CompletionStage<UpdateResult> again(SessionId id, SessionUpdate change, Map<Reference, Entered> inVain,
            int attempt) {
        if (attempt == MOST_ATTEMPTS) {
            throw new SessionStoreException("The references of session " + id + " are changed all the time by other requests");
        }
        return sessions.load(id).thenCompose(basis -> {
            if (basis == null || basis.isReplaced()) {
                return index.remove(id, scores(inVain)).thenApply(removed -> new UpdateResult.Gone());
            }
            SessionUpdate rebased = change.on(basis);
            UpdateResult tooLarge = rebased.tooLarge(basis.data(), rebased.appliedTo(basis.data()));
            if (tooLarge != null) {
                return places.leave(id, inVain).thenApply(left -> tooLarge);
            }
            plan.entries(rebased.appliedTo(basis.data())).forEach(needed -> inVain.remove(needed.reference()));
            places.leave(id, inVain);
            return update(id, rebased, attempt + 1);
        });
    }

    private List<String> arguments(SessionUpdate change, Map<Reference, Entered> entries, int attempt) {
        ScriptArguments arguments = new ScriptArguments()
                .add(change.presented())
                .add(change.tokenChange())
                .add(change.expiry())
                .add(change.basis().version() + " " + change.changed().size() + " " + plan.fields().size() + " "
                        + (clock.millis() + commandTimeout.toMillis()) + " " + change.maxSize() + " " + SessionData.MAX_FIELDS)
                .add(change.changed());
        for (String field : plan.fields()) {
            String after = entries.isEmpty() ? null : change.after(field);
            Entered entry = References.of(field, after).map(entries::get).orElse(null);
            // The first answer to damaged data is 'again'.
            boolean canHaveNone = attempt > 1 && References.of(change.basis().data(), field).isEmpty();
            arguments.add(field).add(entry == null ? "" : after)
                    .add(entry != null ? entry.score() : canHaveNone ? -1 : 0);
        }
        change.removed().forEach(arguments::add);
        return arguments.texts();
    }

    private static UpdateResult tooLarge(String answer) {
        int fields = answer.indexOf(' ', TOO_LARGE.length()) + 1;
        return new UpdateResult.TooLarge(Long.parseLong(answer, TOO_LARGE.length(), fields - 1, DECIMAL),
                Integer.parseInt(answer, fields, answer.length(), DECIMAL));
    }

    private Updated updated(String answer) {
        int now = answer.indexOf(' ') + 1;
        int expires = answer.indexOf(' ', now) + 1;
        return new Updated(presented(answer.substring(0, now - 1)),
                clock.tell(Long.parseLong(answer, now, expires - 1, DECIMAL)),
                Instant.ofEpochMilli(Long.parseLong(answer, expires, answer.length(), DECIMAL)));
    }

    private static PresentedToken presented(String text) {
        return switch (text) {
            case "current" -> PresentedToken.CURRENT;
            case "replaced" -> PresentedToken.REPLACED;
            default -> PresentedToken.IN_GRACE;
        };
    }

    /** The entries that an update does not need: the script tells what was stored, which may not be what was loaded. */
    private static Map<Reference, Long> told(Response reply) {
        if (reply.size() == 1) {
            return Map.of();
        }
        Map<Reference, Long> told = new LinkedHashMap<>();
        for (int i = 1; i < reply.size(); i += 3) {
            String field = reply.get(i).toString();
            long score = reply.get(i + 2).toLong();
            References.of(field, reply.get(i + 1).toString()).ifPresent(reference -> told.put(reference, score));
        }
        return told;
    }

    private static Map<Reference, Entered> inVain(Map<Reference, Entered> entries, Response reply) {
        Map<Reference, Entered> inVain = new LinkedHashMap<>(entries);
        inVain.keySet().retainAll(told(reply).keySet());
        return inVain;
    }

    private static Map<Reference, Long> scores(Map<Reference, Entered> entries) {
        Map<Reference, Long> scores = new LinkedHashMap<>();
        entries.forEach((reference, entry) -> scores.put(reference, entry.score()));
        return scores;
    }

    private Duration remaining(SessionUpdate change) {
        Duration remaining = Duration.between(clock.now(), change.basis().expiresAt());
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }
}
