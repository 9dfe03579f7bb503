package io.quarkiverse.imsession.runtime.redis.index;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.RedisCommands;
import io.quarkiverse.imsession.runtime.redis.client.RedisScript;
import io.quarkiverse.imsession.runtime.redis.index.IndexReader.EntryPage;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entry;
import io.quarkiverse.imsession.runtime.redis.index.RedisScanner.Ids;
import io.quarkiverse.imsession.runtime.redis.session.RedisSessions;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.vertx.redis.client.Response;

/**
 * Destroys many sessions, a page at a time. In one round trip it destroys the sessions of a page, reads the entries of the next
 * one, and removes the entries of the page before from the index.
 * <p>
 * A script for each session decides whether it is to be destroyed. So no session is loaded, and a change that happens meanwhile
 * counts.
 */
public final class BulkDestroy {

    private static final int LARGEST_PAGE = 256;
    /**
     * The greatest number of commands at a time. It leaves room for those of requests, as the client refuses more than 2048.
     */
    private static final int MOST_COMMANDS = 1024;

    private final RedisCommands redis;
    private final RedisKeys keys;
    private final List<String> fields;
    private final int pageSize;
    private final RedisIndex index;
    private final IndexReader reader;
    private final StaleEntries staleEntries;
    private final RedisScript destroy = RedisScript.load("time.lua", "destroy-created-before.lua");

    /** @param fields the fields by which sessions are found */
    public BulkDestroy(RedisCommands redis, RedisKeys keys, Set<String> fields, RedisIndex index, IndexReader reader,
            StaleEntries staleEntries) {
        this.redis = redis;
        this.keys = keys;
        this.fields = List.copyOf(fields);
        this.pageSize = Math.max(1, Math.min(LARGEST_PAGE, MOST_COMMANDS / (1 + fields.size())));
        this.index = index;
        this.reader = reader;
        this.staleEntries = staleEntries;
    }

    /** Destroys the sessions of a reference except one. */
    public CompletionStage<Long> destroyAll(Reference reference, @Nullable SessionId kept, Consumer<SessionId> ended) {
        return new Run(reference, kept, ended).from(() -> read(reference, Cursor.START));
    }

    private CompletionStage<Batch> read(Reference reference, Cursor after) {
        return reader.read(reference, after, pageSize).thenApply((EntryPage page) -> new Batch(page.entries(),
                page.next() == null ? null : () -> read(reference, page.next())));
    }

    /** Destroys all sessions that are found. */
    public CompletionStage<Long> destroyAll(BiFunction<@Nullable String, Integer, CompletionStage<Ids>> find,
            Consumer<SessionId> ended) {
        return new Run(null, null, ended).from(() -> read(find, null));
    }

    private CompletionStage<Batch> read(BiFunction<@Nullable String, Integer, CompletionStage<Ids>> find,
            @Nullable String after) {
        return find.apply(after, pageSize).thenApply(page -> new Batch(
                page.ids().stream().map(id -> new Entry(id, Long.MAX_VALUE)).toList(),
                page.next() == null ? null : () -> read(find, page.next())));
    }

    private static boolean is(String word, Response reply) {
        return reply.get(0).toString().equals(word);
    }

    /** The next sessions to destroy, and how to read those after them if there are any. */
    private record Batch(List<Entry> entries, @Nullable Supplier<CompletionStage<Batch>> next) {
    }

    /** The state of one call. */
    private final class Run {

        private final long beginNanos = System.nanoTime();
        private final @Nullable Reference reference;
        private final @Nullable SessionId kept;
        private final Consumer<SessionId> ended;

        Run(@Nullable Reference reference, @Nullable SessionId kept, Consumer<SessionId> ended) {
            this.reference = reference;
            this.kept = kept;
            this.ended = ended;
        }

        CompletionStage<Long> from(Supplier<CompletionStage<Batch>> first) {
            return first.get().thenCompose(batch -> destroyFrom(batch, 0, Stages.done(null)));
        }

        /** @param removing the running removal of the entries of earlier pages; only the last page waits for it */
        private CompletionStage<Long> destroyFrom(Batch batch, long before, CompletionStage<Void> removing) {
            CompletionStage<Outcomes> destroying = destroy(batch.entries());
            if (batch.next() == null) {
                return destroying.thenCompose(
                        outcomes -> remove(outcomes).thenCombine(removing, (removed, all) -> before + outcomes.ended()));
            }
            CompletionStage<Batch> reading = batch.next().get();
            return destroying.thenCompose(outcomes -> {
                CompletionStage<Void> alsoRemoving = remove(outcomes).thenCombine(removing, (removed, all) -> null);
                return reading.thenCompose(next -> destroyFrom(next, before + outcomes.ended(), alsoRemoving));
            });
        }

        private CompletionStage<Outcomes> destroy(List<Entry> entries) {
            List<String> args = new ArrayList<>(3 + fields.size());
            args.add(Long.toString(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos)));
            args.add(reference == null ? "" : reference.value());
            args.add(reference == null ? "" : reference.field());
            args.addAll(fields);
            List<Entry> asked = entries.stream().filter(entry -> !entry.id().equals(kept)).toList();
            // A session that is absent may have been destroyed by a call that failed, as too few replicas knew of it.
            return Stages.each(asked, entry -> redis
                    .change(destroy, keys.session(entry.id()), args, Function.identity(), reply -> !is("NEW", reply))
                    .thenApply(reply -> {
                        if (is("DESTROYED", reply)) {
                            ended.accept(entry.id());
                        }
                        return reply;
                    })).thenApply(all -> Outcomes.of(asked, all, fields));
        }

        private CompletionStage<Void> remove(Outcomes outcomes) {
            if (reference != null) {
                staleEntries.removeLater(reference, outcomes.absent());
            }
            return Stages.each(outcomes.superfluous().entrySet(), entry -> index.remove(entry.getKey(), entry.getValue()))
                    .thenApply(all -> null);
        }
    }

    /**
     * The results for the sessions of a page.
     *
     * @param superfluous entries of those that were ended, under all their references
     * @param absent entries without a session, or with one that has another value
     */
    private record Outcomes(long ended, Map<Reference, List<Entry>> superfluous, List<Entry> absent) {

        static Outcomes of(List<Entry> asked, List<Response> replies, List<String> fields) {
            long ended = 0;
            Map<Reference, List<Entry>> superfluous = new LinkedHashMap<>();
            List<Entry> absent = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                Response reply = replies.get(i);
                switch (reply.get(0).toString()) {
                    case "DESTROYED" -> {
                        ended++;
                        // An id is never used again, so all entries of the session may be removed.
                        Entry any = new Entry(asked.get(i).id(), Long.MAX_VALUE);
                        RedisSessions.references(reply, fields)
                                .forEach(of -> superfluous.computeIfAbsent(of, none -> new ArrayList<>()).add(any));
                    }
                    case "ABSENT" -> absent.add(asked.get(i));
                    default -> {
                    }
                }
            }
            return new Outcomes(ended, superfluous, absent);
        }
    }
}
