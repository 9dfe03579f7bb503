package io.quarkiverse.imsession.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;

/**
 * A store that keeps a journal of each user: what happened to the user's sessions. A {@link SessionStore} may implement it. The
 * rules of {@link SessionStore} for stages hold here, too. A journal does not depend on sessions: it stays when they end, until
 * its entries are too old or it is erased.
 */
public interface JournalStore {

    /**
     * Adds an entry to the journal of a user, with the present time by the store's clock. Parallel calls lose no entry, and
     * keep the limits.
     *
     * @param reference the user: a field of sessions, and its value
     * @param entry texts by their names. A name has small letters only; a text has up to 1,000 characters of any kind
     * @param limits what the store forgets, at the latest when it is asked for the entry
     */
    CompletionStage<@Nullable Void> appendToJournal(Reference reference, Map<String, String> entry, Limits limits);

    /**
     * The newest entries of the journal of a user, the newest one first. An empty list if there are none.
     *
     * @param most the greatest number of entries to read, at least 1
     * @param limits entries beyond these are not returned, even if the store still has them
     */
    CompletionStage<List<StoredEntry>> readJournal(Reference reference, int most, Limits limits);

    /**
     * Forgets all entries of a user for ever.
     *
     * @return whether there were any
     */
    CompletionStage<Boolean> eraseJournal(Reference reference);

    /**
     * The limits of the journal of a user.
     *
     * @param maxEntries the greatest number of entries; the newest ones are kept
     * @param maxAge how long an entry is kept
     */
    record Limits(int maxEntries, Duration maxAge) {
    }

    /**
     * An entry.
     *
     * @param time when it was added, by the store's clock, in whole milliseconds
     * @param entry the same texts as those that were given
     */
    record StoredEntry(Instant time, Map<String, String> entry) {
    }
}
