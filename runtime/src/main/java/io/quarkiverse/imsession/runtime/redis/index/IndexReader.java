package io.quarkiverse.imsession.runtime.redis.index;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.runtime.redis.index.RedisIndex.Entry;
import io.quarkiverse.imsession.runtime.store.Stages;

/**
 * Reads the entries of a reference page by page, in the order of their scores and ids: an entry that is made again moves on.
 */
public final class IndexReader {

    /** The number of entries with the score of the cursor that are read in addition, so that a page is still full. */
    private static final int SAME_SCORE = 32;

    private final RedisIndex index;

    public IndexReader(RedisIndex index) {
        this.index = index;
    }

    CompletionStage<EntryPage> read(Reference reference, Cursor after, int limit) {
        // One more entry than the page has tells whether there is another page.
        return read(reference, after, limit, limit + 1 + SAME_SCORE);
    }

    private CompletionStage<EntryPage> read(Reference reference, Cursor after, int limit, int count) {
        return index.entries(reference, after.score(), count).thenCompose(range -> {
            List<Entry> beyond = range.entries().stream().filter(after::isBefore).toList();
            if (beyond.isEmpty() && !range.isLast()) {
                // All of them have the score of the cursor, and come before it.
                return read(reference, after, limit, 2 * count);
            }
            List<Entry> entries = beyond.subList(0, Math.min(limit, beyond.size()));
            boolean more = beyond.size() > limit || !range.isLast();
            return Stages.done(new EntryPage(entries, more ? Cursor.at(entries.get(entries.size() - 1)) : null));
        });
    }

    /**
     * Some entries.
     *
     * @param next the beginning of the next page, or null if this is the last one
     */
    record EntryPage(List<Entry> entries, @Nullable Cursor next) {
    }
}
