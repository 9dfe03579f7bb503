package io.quarkiverse.imsession.runtime.redis.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.runtime.redis.index.IndexReader.EntryPage;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entry;
import io.quarkiverse.imsession.runtime.redis.session.RedisSessions;
import io.quarkiverse.imsession.runtime.store.References;
import io.quarkiverse.imsession.runtime.store.Stages;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Page;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Scan;
import io.quarkiverse.imsession.spi.StoredSession;

/** Finds sessions: reads entries of the index, and loads the session of each. */
public final class RedisFinder {

    private final IndexReader reader;
    private final RedisSessions sessions;
    private final StaleEntries staleEntries;

    public RedisFinder(IndexReader reader, RedisSessions sessions, StaleEntries staleEntries) {
        this.reader = reader;
        this.sessions = sessions;
        this.staleEntries = staleEntries;
    }

    public CompletionStage<Page> find(Reference reference, @Nullable String after, int limit, @Nullable Set<String> fields) {
        Cursor cursor = after == null ? Cursor.START : Cursor.parse(after);
        return reader.read(reference, cursor, limit).thenCompose(entries -> page(reference, entries, fields));
    }

    /** Reads the sessions of a page together with the entries of the next one, in one round trip. */
    public Scan scan(Reference reference, int limit, @Nullable Set<String> fields) {
        return new Scan() {

            private @Nullable CompletionStage<EntryPage> ahead;

            @Override
            public CompletionStage<Page> next() {
                CompletionStage<EntryPage> entries = ahead != null ? ahead : reader.read(reference, Cursor.START, limit);
                return entries.thenCompose(read -> {
                    ahead = read.next() == null ? null : reader.read(reference, read.next(), limit);
                    return page(reference, read, fields);
                });
            }
        };
    }

    private CompletionStage<Page> page(Reference reference, EntryPage read, @Nullable Set<String> fields) {
        List<Entry> entries = read.entries();
        return load(reference, entries, fields).thenApply(loaded -> {
            List<Found> found = new ArrayList<>(loaded.size());
            List<Entry> stale = new ArrayList<>();
            for (int i = 0; i < loaded.size(); i++) {
                if (References.isOf(reference, loaded.get(i))) {
                    found.add(new Found(entries.get(i).id(), loaded.get(i).withoutPrivate()));
                } else {
                    stale.add(entries.get(i));
                }
            }
            staleEntries.removeLater(reference, stale);
            return new Page(List.copyOf(found), read.next() == null ? null : read.next().toString());
        });
    }

    private CompletionStage<List<@Nullable StoredSession>> load(Reference reference, List<Entry> entries,
            @Nullable Set<String> fields) {
        if (fields == null) {
            return Stages.each(entries, entry -> sessions.load(entry.id()));
        }
        Set<String> needed = References.with(reference, fields);
        return Stages.each(entries, entry -> sessions.load(entry.id(), needed));
    }
}
