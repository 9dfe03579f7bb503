package io.quarkiverse.imsession.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.spi.JournalStore.Limits;
import io.quarkiverse.imsession.spi.JournalStore.StoredEntry;
import io.quarkiverse.imsession.test.MovableClock;
import io.quarkiverse.imsession.testing.JournalStoreContract;

class MemoryJournalsTest extends JournalStoreContract {

    private final MovableClock clock = new MovableClock();
    private final MemorySessionStore store = new MemorySessionStore(1000, clock, SessionLimits.NONE);

    @Override
    protected JournalStore store() {
        return store;
    }

    @Test
    void entriesAreForgottenByTheClockOfTheStore() {
        Limits week = new Limits(1000, Duration.ofDays(7));
        Reference user = user();
        append(user, Map.of("n", "1"), week);
        clock.move(Duration.ofDays(6));
        append(user, Map.of("n", "2"), week);
        assertThat(read(user, 10, week)).extracting(StoredEntry::entry).containsExactly(Map.of("n", "2"), Map.of("n", "1"));
        clock.move(Duration.ofDays(2));
        assertThat(read(user, 10, week)).extracting(StoredEntry::entry).containsExactly(Map.of("n", "2"));
    }

    @Test
    void journalsThatAreIdleForLongestMakeRoom() {
        Limits limits = new Limits(10_000, Duration.ofDays(90));
        Reference idle = user();
        Reference busy = user();
        append(idle, Map.of("n", "1"), limits);
        append(busy, Map.of("n", "1"), limits);
        for (int i = 0; i < MemoryJournals.MOST_ENTRIES / 10_000 + 1; i++) {
            Reference user = user();
            for (int n = 0; n < 10_000; n++) {
                append(user, Map.of("n", "1"), limits);
            }
            append(busy, Map.of("n", "2"), limits);
        }
        assertThat(read(idle, 10, limits)).isEmpty();
        assertThat(read(busy, 10, limits)).isNotEmpty();
    }
}
