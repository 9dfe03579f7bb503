package io.quarkiverse.imsession.runtime.redis.index;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.redis.client.RedisCommands;
import io.quarkiverse.imsession.runtime.redis.client.RedisScript;
import io.quarkiverse.imsession.runtime.store.References;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;

/**
 * The index in Redis: one sorted set for each reference, with session ids scored by the time when the entry may go.
 * <p>
 * An entry is made before the session that needs it is stored, and removed after. So a session can always be found,
 * and what stays behind after a crash goes when it is met, or with its score, or with its set.
 */
public final class RedisIndex {

    /** Nobody goes on to store a session after this many command timeouts since it was entered. */
    public static final int TIMEOUTS_TO_STORE = 2;

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession.redis");

    private final RedisCommands redis;
    private final RedisKeys keys;
    private final RedisScript enter = RedisScript.load("reference.lua");
    private final RedisScript remove = RedisScript.load("unreference.lua");

    public RedisIndex(RedisCommands redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** Enters a session under a reference, if there is room. */
    public CompletionStage<Entering> enter(SessionId id, Reference reference, Duration stay, Room room) {
        List<String> args = List.of(id.value(), Long.toString(stay.toMillis()), Integer.toString(room.max()),
                Long.toString(room.timeToStore().toMillis()), room.instead() == null ? "" : room.instead().value());
        return redis.run(enter, keys.reference(reference), args, RedisIndex::entering);
    }

    /**
     * Removes entries that are needed no more, if they were not made again. Never fails: what stays is dropped when it is met.
     */
    public CompletionStage<Void> remove(SessionId id, Map<Reference, Long> scores) {
        return Stages.each(scores.entrySet(), entry -> redis.run(remove, keys.reference(entry.getKey()),
                List.of(id.value(), Long.toString(entry.getValue())), Response::toLong)).handle((removed, failure) -> {
                    if (failure != null) {
                        LOG.debugf("Entries of session %s could not be removed from the index: %s", id,
                                Failures.describe(failure));
                    }
                    return null;
                });
    }

    /** Removes entries of one reference, if they were not made again. Never fails: what stays is dropped when it is met. */
    public CompletionStage<Void> remove(Reference reference, List<Entry> entries) {
        if (entries.isEmpty()) {
            return Stages.done(null);
        }
        List<String> args = new ArrayList<>(2 * entries.size());
        entries.forEach(entry -> args.addAll(List.of(entry.id().value(), Long.toString(entry.score()))));
        return redis.run(remove, keys.reference(reference), args, Response::toLong).handle((removed, failure) -> {
            if (failure != null) {
                LOG.debugf("%d entries could not be removed from the index: %s", entries.size(), Failures.describe(failure));
            }
            return null;
        });
    }

    /** Entries under a reference, in the order of score and id, from a score on. */
    CompletionStage<Range> entries(Reference reference, long fromScore, int limit) {
        return redis.range(keys.reference(reference), fromScore, limit,
                reply -> new Range(read(reply), size(reply) < limit));
    }

    private static int size(Response reply) {
        return reply.size() == 0 || reply.get(0).type() == ResponseType.MULTI ? reply.size() : reply.size() / 2;
    }

    /** The references of an ended session: the script answers how it went, and then the values of the fields as JSON. */
    public static List<Reference> references(Response reply, List<String> fields) {
        List<Reference> references = new ArrayList<>(fields.size());
        for (int i = 1; i < reply.size(); i++) {
            Response json = reply.get(i);
            References.of(fields.get(i - 1), json == null ? null : json.toString()).ifPresent(references::add);
        }
        return references;
    }

    private static Entering entering(Response reply) {
        if (reply.get(0).toInteger() == 1) {
            return new Entered(reply.get(1).toLong(), reply.get(2).toInteger() == 1);
        }
        List<Taken> entries = new ArrayList<>(reply.size() / 3);
        for (int i = 1; i < reply.size(); i += 3) {
            boolean isBeingStored = reply.get(i + 2).toInteger() == 1;
            entry(reply.get(i), reply.get(i + 1)).ifPresent(entry -> entries.add(new Taken(entry, isBeingStored)));
        }
        return new Full(entries);
    }

    /** RESP 3 answers pairs, RESP 2 one flat list. */
    private static List<Entry> read(Response reply) {
        List<Entry> entries = new ArrayList<>(reply.size());
        for (int i = 0; i < reply.size(); i++) {
            Response item = reply.get(i);
            if (item.type() == ResponseType.MULTI) {
                entry(item.get(0), item.get(1)).ifPresent(entries::add);
            } else {
                entry(item, reply.get(++i)).ifPresent(entries::add);
            }
        }
        return entries;
    }

    /** Empty for a member that is no session id: none of ours. */
    private static Optional<Entry> entry(Response member, Response score) {
        return SessionId.tryParse(member.toString()).map(id -> new Entry(id, score.toDouble().longValue()));
    }

    /** Entries that were read, and whether there are no more behind them. */
    record Range(List<Entry> entries, boolean isLast) {
    }

    /** A session that is entered under a reference. */
    record Entry(SessionId id, long score) {
    }

    /**
     * How many entries a set may have.
     *
     * @param max the most entries, or 0 for any number
     * @param timeToStore for how long the entry counts although its session is not there yet
     * @param instead a session that leaves its place to this one, or null
     */
    public record Room(int max, Duration timeToStore, @Nullable SessionId instead) {

        public static final Room UNLIMITED = new Room(0, Duration.ZERO, null);
    }

    /** What became of an entering. */
    public sealed interface Entering {
    }

    /**
     * The session has an entry.
     *
     * @param score when the entry may go
     * @param isFresh whether it had none before
     */
    public record Entered(long score, boolean isFresh) implements Entering {
    }

    /** Nothing was entered, as there are so many entries already. */
    record Full(List<Taken> entries) implements Entering {
    }

    /**
     * An entry of a full set.
     *
     * @param isBeingStored whether it is so new that its session may be about to be stored
     */
    record Taken(Entry entry, boolean isBeingStored) {
    }
}
