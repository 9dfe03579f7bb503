package io.quarkiverse.imsession.runtime.postgresql.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.postgresql.PostgresFixture;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.session.Statements;
import io.quarkiverse.imsession.runtime.postgresql.session.Tables;

@Tag("further")
class CleanupTest {

    private static final Duration SOON = Duration.ofMillis(50);

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private final List<Cleanup> running = new ArrayList<>();
    private final AtomicLong removed = new AtomicLong();

    @BeforeEach
    void clear() {
        POSTGRES.server().command("TRUNCATE imsession_session, imsession_claim, imsession_journal CASCADE");
    }

    @AfterEach
    void stop() {
        running.forEach(Cleanup::close);
    }

    @Test
    void expiredSessionsGoWithTheirReferencesAndOthersStay() {
        store(1, 1000, "now() - interval '11 s'", "now()");
        store(1001, 1100, "now() - interval '5 s'", "now()");
        store(1101, 1200, "now() + interval '1 h'", "now() + interval '1 h'");
        start(SOON, 100);
        Awaitility.await().until(() -> count("imsession_session") == 200);
        assertThat(count("imsession_reference")).isEqualTo(200);
        assertThat(removed).hasValue(1000);
    }

    @Test
    void claimsWhoseTimeIsOverGoBatchByBatchAndOthersStay() {
        POSTGRES.server().command("INSERT INTO imsession_claim SELECT now() - interval '1 s', 'old' || i, 'a'"
                + " FROM generate_series(1, 1000) i; INSERT INTO imsession_claim VALUES (now() + interval '1 h', 'new', 'a')");
        start(SOON, 100);
        Awaitility.await().until(() -> count("imsession_claim") == 1);
        assertThat(POSTGRES.server().value("SELECT name_hash FROM imsession_claim")).isEqualTo("new");
        assertThat(removed).hasValue(0);
    }

    @Test
    void entriesOfJournalsThatAreTooOldGoBatchByBatchAndOthersStay() {
        POSTGRES.server().command("INSERT INTO imsession_journal (happened_at, field, value, entry)"
                + " SELECT now() - interval '91 d', 'user_id', (i % 7)::text, '{}' FROM generate_series(1, 1000) i;"
                + " INSERT INTO imsession_journal (happened_at, field, value, entry)"
                + " VALUES (now() - interval '89 d', 'user_id', 'new', '{}')");
        start(SOON, 100);
        Awaitility.await().until(() -> count("imsession_journal") == 1);
        assertThat(POSTGRES.server().value("SELECT value FROM imsession_journal")).isEqualTo("new");
        assertThat(removed).hasValue(0);
    }

    @Test
    void sessionThatIsStillUsedIsLookedAtOnceAndThenAtItsEnd() {
        store(1, 10, "now() + interval '1 h'", "now()");
        start(SOON, 100);
        Awaitility.await().until(() -> (Long) POSTGRES.server().value(
                "SELECT count(*) FROM imsession_session WHERE cleanup_at = expires_at + interval '10 s'") == 10);
        assertThat(removed).hasValue(0);
    }

    @Test
    void instancesShareTheWork() {
        store(1, 5000, "now() - interval '11 s'", "now()");
        for (int i = 0; i < 4; i++) {
            start(SOON, 100);
        }
        Awaitility.await().until(() -> count("imsession_session") == 0);
        Awaitility.await().until(() -> removed.get() == 5000);
    }

    @Test
    void sessionThatSomebodyHoldsIsLeftOutAndDelaysNothing() throws Exception {
        store(1, 1000, "now() - interval '11 s'", "now()");
        try (var connection = POSTGRES.server().connect(); var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SELECT 1 FROM imsession_session WHERE id = 's1' FOR UPDATE");
            start(SOON, 100);
            Awaitility.await().until(() -> count("imsession_session") == 1);
        }
        Awaitility.await().until(() -> count("imsession_session") == 0);
    }

    /** For example as the index has very many entries of sessions that are gone. */
    @Test
    void batchThatTakesLongerThanARequestMayIsNotGivenUp() {
        store(1, 10, "now() - interval '11 s'", "now()");
        POSTGRES.server().command("CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN PERFORM pg_sleep(1); RETURN NULL; END'; CREATE TRIGGER slow AFTER DELETE ON imsession_session"
                + " FOR EACH STATEMENT EXECUTE FUNCTION slow()");
        try {
            start(POSTGRES.connections(POSTGRES.pool(2), Duration.ofMillis(100)), SOON, 100);
            Awaitility.await().until(() -> count("imsession_session") == 0);
        } finally {
            POSTGRES.server().command("DROP FUNCTION slow CASCADE");
        }
    }

    @Test
    void withoutAnIntervalNothingIsRemoved() {
        store(1, 10, "now() - interval '11 s'", "now()");
        start(Duration.ZERO, 100);
        Awaitility.await().during(Duration.ofMillis(300)).until(() -> count("imsession_session") == 10);
    }

    private void start(Duration interval, int batch) {
        start(POSTGRES.connections(POSTGRES.pool(2)), interval, batch);
    }

    private void start(PgConnections connections, Duration interval, int batch) {
        Statements statements = new Statements(new Tables(null, "imsession_"), null);
        Cleanup cleanup = new Cleanup(POSTGRES.vertx(), connections, statements, interval, batch,
                Duration.ofDays(90), removed::addAndGet);
        running.add(cleanup);
        cleanup.start();
    }

    private static void store(int from, int to, String expires, String cleanup) {
        POSTGRES.server()
                .command("INSERT INTO imsession_session (id, token, version, created_at, expires_at, cleanup_at, attributes,"
                        + " data) SELECT 's' || i, 't', 1, now(), " + expires + ", " + cleanup
                        + ", '{}', '{}' FROM generate_series(" + from + ", "
                        + to + ") i; INSERT INTO imsession_reference SELECT 's' || i, 'user_id', '7' FROM generate_series("
                        + from + ", " + to
                        + ") i");
    }

    private static long count(String table) {
        return (Long) POSTGRES.server().value("SELECT count(*) FROM " + table);
    }
}
