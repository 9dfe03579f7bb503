package io.quarkiverse.imsession.runtime.store;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.spi.JournalStore.Limits;
import io.quarkiverse.imsession.spi.JournalStore.StoredEntry;

/** Journals in the memory of this process. Of too many entries, those of the journal that is idle for longest are given up. */
final class MemoryJournals {

    static final int MOST_ENTRIES = 100_000;

    private final Clock clock;
    /** The newest entry of each is its last one. The journal with the latest entry is the last one. Guarded by this. */
    private final Map<Reference, Deque<StoredEntry>> journals = new LinkedHashMap<>();
    /** Guarded by this. */
    private int entries;

    MemoryJournals(Clock clock) {
        this.clock = clock;
    }

    synchronized void append(Reference reference, Map<String, String> entry, Limits limits) {
        Deque<StoredEntry> journal = journals.remove(reference);
        if (journal == null) {
            journal = new ArrayDeque<>();
        }
        Instant now = Instant.ofEpochMilli(clock.millis());
        journal.add(new StoredEntry(now, Map.copyOf(entry)));
        entries++;
        Instant oldest = now.minus(limits.maxAge());
        while (journal.size() > limits.maxEntries() || journal.element().time().isBefore(oldest)) {
            journal.remove();
            entries--;
        }
        journals.put(reference, journal);
        makeRoom();
    }

    private void makeRoom() {
        for (Iterator<Deque<StoredEntry>> idle = journals.values().iterator(); entries > MOST_ENTRIES && journals.size() > 1;) {
            entries -= idle.next().size();
            idle.remove();
        }
    }

    synchronized List<StoredEntry> read(Reference reference, int most, Limits limits) {
        Instant oldest = Instant.ofEpochMilli(clock.millis()).minus(limits.maxAge());
        List<StoredEntry> newest = new ArrayList<>();
        Iterator<StoredEntry> kept = journals.getOrDefault(reference, new ArrayDeque<>(0)).descendingIterator();
        while (kept.hasNext() && newest.size() < Math.min(most, limits.maxEntries())) {
            StoredEntry entry = kept.next();
            if (entry.time().isBefore(oldest)) {
                break;
            }
            newest.add(entry);
        }
        return newest;
    }

    synchronized boolean erase(Reference reference) {
        Deque<StoredEntry> journal = journals.remove(reference);
        if (journal != null) {
            entries -= journal.size();
        }
        return journal != null;
    }
}
