package io.quarkiverse.imsession.runtime.redis.index;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import io.quarkiverse.imsession.runtime.redis.session.RedisSessions.Ended;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.quarkiverse.imsession.spi.DestroyResult;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;

/**
 * The index in Redis: one sorted set for each reference, with session ids scored by the time when the entry may be removed.
 * <p>
 * An entry is made before its session is stored, and removed after the session has ended. So a session can always be found. An
 * entry that remains after a crash is removed when it is found, when its score has passed, or when its set expires.
 */
public final class RedisIndex {

    /** The number of command timeouts after which a caller that has entered a session no longer stores it. */
    static final int TIMEOUTS_TO_STORE = 2;

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession.redis");

    private final RedisCommands redis;
    private final RedisKeys keys;
    private final RedisScript enter = RedisScript.load("time.lua", "enter.lua");
    private final RedisScript remove = RedisScript.load("remove.lua");

    public RedisIndex(RedisCommands redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** Enters a session under a reference, if there is room. */
    CompletionStage<Entering> enter(SessionId id, Reference reference, Duration stay, Capacity capacity) {
        List<String> args = List.of(id.value(), Long.toString(stay.toMillis()), Integer.toString(capacity.max()),
                Long.toString(capacity.timeToStore().toMillis()),
                capacity.replaced() == null ? "" : capacity.replaced().value());
        return redis.change(enter, keys.reference(reference), args, RedisIndex::entering, Entered.class::isInstance);
    }

    /**
     * Removes entries that are not needed any more, unless they were made again. Never fails: an entry that remains is removed
     * when it is found.
     */
    CompletionStage<Void> remove(SessionId id, Map<Reference, Long> scores) {
        if (scores.isEmpty()) {
            return Stages.done(null);
        }
        return Stages.each(scores.entrySet(), entry -> redis.run(remove, keys.reference(entry.getKey()),
                List.of(id.value(), Long.toString(entry.getValue())), Response::toLong)).handle((removed, failure) -> {
                    if (failure != null) {
                        LOG.debugf("Entries of session %s could not be removed from the index: %s", id,
                                Failures.describe(failure));
                    }
                    return null;
                });
    }

    /** Removes the entries of a destroyed session with any score, as its id is never used again. */
    CompletionStage<DestroyResult> removeAll(SessionId id, CompletionStage<Ended> destroying) {
        return destroying.thenCompose(ended -> {
            Map<Reference, Long> entries = new LinkedHashMap<>();
            ended.references().forEach(reference -> entries.put(reference, Long.MAX_VALUE));
            return remove(id, entries).thenApply(removed -> ended.result());
        });
    }

    /**
     * Removes entries of one reference, unless they were made again. Never fails: an entry that remains is removed when it is
     * found.
     */
    CompletionStage<Void> remove(Reference reference, List<Entry> entries) {
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

    private static Entering entering(Response reply) {
        if (reply.get(0).toString().equals("ENTERED")) {
            return new Entered(reply.get(1).toLong(), reply.get(2).toInteger() == 1);
        }
        List<CountedEntry> entries = new ArrayList<>(reply.size() / 3);
        for (int i = 1; i < reply.size(); i += 3) {
            boolean isPending = reply.get(i + 2).toInteger() == 1;
            entry(reply.get(i), reply.get(i + 1)).ifPresent(entry -> entries.add(new CountedEntry(entry, isPending)));
        }
        return new Full(entries);
    }

    /** Reads entries: pairs in RESP 3, one flat list in RESP 2. */
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

    /** The entry of a member; empty if the member is no session id. */
    private static Optional<Entry> entry(Response member, Response score) {
        return SessionId.tryParse(member.toString()).map(id -> new Entry(id, score.toDouble().longValue()));
    }

    /** Entries, and whether they are the last ones. */
    record Range(List<Entry> entries, boolean isLast) {
    }

    /** A session that is entered under a reference. */
    record Entry(SessionId id, long score) {
    }

    /**
     * The capacity of a set.
     *
     * @param max the most entries, or 0 for any number
     * @param timeToStore how long the entry counts although its session is not stored yet
     * @param replaced a session that is about to be replaced by this one, and is not counted; or null
     */
    record Capacity(int max, Duration timeToStore, @Nullable SessionId replaced) {

        static final Capacity UNLIMITED = new Capacity(0, Duration.ZERO, null);
    }

    /** The result of an attempt to enter a session. */
    sealed interface Entering {
    }

    /**
     * The session has an entry.
     *
     * @param score the time when the entry may be removed
     * @param isNew whether the session had no entry before
     */
    record Entered(long score, boolean isNew) implements Entering {
    }

    /** The session was not entered, as there are so many entries already. */
    record Full(List<CountedEntry> entries) implements Entering {
    }

    /**
     * An entry of a full set.
     *
     * @param isPending whether it is so new that its session may be about to be stored
     */
    record CountedEntry(Entry entry, boolean isPending) {
    }
}
