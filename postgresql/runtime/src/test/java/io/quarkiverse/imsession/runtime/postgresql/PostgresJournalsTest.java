package io.quarkiverse.imsession.runtime.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.JournalStore;
import io.quarkiverse.imsession.spi.JournalStore.Limits;
import io.quarkiverse.imsession.spi.JournalStore.StoredEntry;
import io.quarkiverse.imsession.testing.JournalStoreContract;

class PostgresJournalsTest extends JournalStoreContract {

    private static final Limits THREE = new Limits(3, Duration.ofDays(1));

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();
    private static PostgresSessionStore store;

    @BeforeAll
    static void open() {
        store = POSTGRES.store(SessionLimits.NONE);
    }

    @Override
    protected JournalStore store() {
        return store;
    }

    @Test
    void tableHasNoMoreRowsThanAreKept() {
        for (int i = 0; i < 10; i++) {
            append(Reference.of("user_id", "few"), Map.of("kind", "logged_in"), THREE);
        }
        assertThat(POSTGRES.server().value("SELECT count(*) FROM imsession_journal WHERE value = 'few'")).isEqualTo(3L);
        assertThat(POSTGRES.server().value("SELECT entry->>'kind' FROM imsession_journal WHERE value = 'few' LIMIT 1"))
                .isEqualTo("logged_in");
    }

    @Test
    void whatOthersHaveWrittenDisturbsNothing() {
        POSTGRES.server().command("INSERT INTO imsession_journal (happened_at, field, value, entry)"
                + " SELECT now(), 'user_id', 'odd', e::json FROM unnest(ARRAY['[]', '7', '{\"a\":1,\"b\":\"c\"}']) e");
        assertThat(read(Reference.of("user_id", "odd"), 10, THREE)).extracting(StoredEntry::entry).containsExactly(
                Map.of("b", "c"),
                Map.of(), Map.of());
    }
}
