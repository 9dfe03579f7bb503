package io.quarkiverse.imsession.runtime.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.jboss.logging.Logger;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;

/**
 * The index in Redis: one sorted set for each reference, with session ids scored by the time when the entry may go.
 * <p>
 * An entry is made before the session that needs it is stored, and removed after. So a session can always be found, and what
 * stays
 * behind after a crash goes when it is met, or with its score, or with its set.
 */
final class RedisIndex {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession.redis");

    private final RedisCommands redis;
    private final RedisKeys keys;
    private final RedisScript enter = RedisScript.load("reference.lua");
    private final RedisScript remove = RedisScript.load("unreference.lua");

    RedisIndex(RedisCommands redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** Enters a session under all references in one round trip. Returns the scores of the entries, in the same order. */
    CompletionStage<List<Long>> enter(SessionId id, List<Reference> references, Duration stay) {
        List<String> args = List.of(id.value(), Long.toString(stay.toMillis()));
        List<CompletionStage<Long>> entering = new ArrayList<>(references.size());
        for (Reference reference : references) {
            entering.add(redis.run(enter, keys.reference(reference), args, Response::toLong));
        }
        return Stages.all(entering);
    }

    /**
     * Removes entries that are needed no more, if they were not made again. Never fails: what stays is dropped when it is met.
     */
    CompletionStage<Void> remove(SessionId id, Map<Reference, Long> scores) {
        List<CompletionStage<Long>> removing = new ArrayList<>(scores.size());
        scores.forEach((reference, score) -> removing.add(redis.run(remove, keys.reference(reference),
                List.of(id.value(), Long.toString(score)), Response::toLong)));
        return Stages.all(removing).handle((removed, failure) -> {
            if (failure != null) {
                LOG.debugf("Entries of session %s could not be removed from the index: %s", id, failure.getMessage());
            }
            return null;
        });
    }

    /** Removes entries of one reference, if they were not made again. Never fails: what stays is dropped when it is met. */
    CompletionStage<Void> remove(Reference reference, List<Entry> entries) {
        if (entries.isEmpty()) {
            return Stages.done(null);
        }
        List<String> args = new ArrayList<>(2 * entries.size());
        entries.forEach(entry -> args.addAll(List.of(entry.id().value(), Long.toString(entry.score()))));
        return redis.run(remove, keys.reference(reference), args, Response::toLong).handle((removed, failure) -> {
            if (failure != null) {
                LOG.debugf("%d entries could not be removed from the index: %s", entries.size(), failure.getMessage());
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
    static List<Reference> references(Response reply, List<String> fields) {
        List<Reference> references = new ArrayList<>(fields.size());
        for (int i = 1; i < reply.size(); i++) {
            Response json = reply.get(i);
            References.of(fields.get(i - 1), json == null ? null : json.toString()).ifPresent(references::add);
        }
        return references;
    }

    /** RESP 3 answers pairs, RESP 2 one flat list. */
    private static List<Entry> read(Response reply) {
        List<Entry> entries = new ArrayList<>(reply.size());
        for (int i = 0; i < reply.size(); i++) {
            Response item = reply.get(i);
            if (item.type() == ResponseType.MULTI) {
                entries.add(entry(item.get(0), item.get(1)));
            } else {
                entries.add(entry(item, reply.get(++i)));
            }
        }
        return entries;
    }

    private static Entry entry(Response id, Response score) {
        return new Entry(new SessionId(id.toString()), score.toDouble().longValue());
    }

    /** Entries that were read, and whether there are no more behind them. */
    record Range(List<Entry> entries, boolean isLast) {
    }

    /** A session that is entered under a reference. */
    record Entry(SessionId id, long score) {
    }
}
