package io.quarkiverse.imsession.runtime.store;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.runtime.store.RedisIndex.Entry;

/**
 * Reads the entries of a reference page by page, in the order of their scores and ids: an entry that is made again moves on.
 */
final class IndexReader {

    private final RedisIndex index;

    IndexReader(RedisIndex index) {
        this.index = index;
    }

    CompletionStage<EntryPage> read(Reference reference, Cursor after, int limit) {
        // The entry of the cursor comes again, and one more tells whether there is another page.
        return read(reference, after, limit, limit + 2);
    }

    private CompletionStage<EntryPage> read(Reference reference, Cursor after, int limit, int count) {
        return index.entries(reference, after.score(), count).thenCompose(range -> {
            List<Entry> beyond = range.entries().stream().filter(after::isBefore).toList();
            if (beyond.size() <= limit && !range.isLast()) {
                // Many entries have the score of the cursor, and come before it.
                return read(reference, after, limit, 2 * count);
            }
            List<Entry> entries = beyond.subList(0, Math.min(limit, beyond.size()));
            Cursor next = beyond.size() > limit ? Cursor.at(entries.get(limit - 1)) : null;
            return Stages.done(new EntryPage(entries, next));
        });
    }

    /**
     * Some entries.
     *
     * @param next where the next page begins, or null if this is the last one
     */
    record EntryPage(List<Entry> entries, @Nullable Cursor next) {
    }
}
