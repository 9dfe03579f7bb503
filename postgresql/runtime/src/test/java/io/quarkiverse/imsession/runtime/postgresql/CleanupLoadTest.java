package io.quarkiverse.imsession.runtime.postgresql;

import static io.quarkiverse.imsession.runtime.postgresql.PostgresFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.AppliedUpdate;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.spi.TokenChange;
import io.quarkiverse.imsession.spi.UpdateResult;

/**
 * A session is used while very many others are removed that have expired: {@code -Dimsession.cleanup.rows} tells how many. The
 * figures go to {@code target/cleanup.txt}.
 */
@Tag("full")
class CleanupLoadTest {

    private static final Expiry DAY = new Expiry(Duration.ofDays(1), null, null);
    private static final int ROWS = Integer.getInteger("imsession.cleanup.rows", 100_000);
    private static final int PART = 100_000;
    private static final int CALLS = 500;
    private static final Path REPORT = Path.of("target", "cleanup.txt");

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture("max_wal_size=4GB", "maintenance_work_mem=256MB");

    @Test
    void sessionsAreUsedWhileAllThatHaveExpiredAreRemoved() throws Exception {
        PostgresSessionStore store = POSTGRES.store(SessionLimits.NONE, "user_id");
        SessionToken token = SessionToken.generate(new SecureRandom());
        await(store.create(token.id(), new NewSession(token.hash(), SessionData.of("user_id", "ada"), DAY)));
        StoredSession session = await(store.load(token.id()));
        store(ROWS);
        Latencies before = new Latencies();
        for (int i = 0; i < CALLS; i++) {
            session = use(store, token, session, before);
        }
        POSTGRES.store(POSTGRES.pool(1), PostgresFixture.COMMAND_TIMEOUT, SessionLimits.NONE, Duration.ofMillis(100));
        long begin = System.nanoTime();
        Latencies meanwhile = new Latencies();
        while (POSTGRES.server().value("SELECT EXISTS (SELECT 1 FROM imsession_session WHERE cleanup_at <= now())")
                .equals(true)) {
            for (int i = 0; i < CALLS; i++) {
                session = use(store, token, session, meanwhile);
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        report(seconds, before, meanwhile);
        assertThat(POSTGRES.server().value("SELECT count(*) FROM imsession_session")).isEqualTo(1L);
        assertThat(POSTGRES.server().value("SELECT count(*) FROM imsession_reference")).isEqualTo(1L);
    }

    /** Sessions that have expired, each with a reference. A part at a time, as the test does not wait for an answer forever. */
    private static void store(int count) {
        for (int from = 1; from <= count; from += PART) {
            String numbers = "generate_series(" + from + ", " + Math.min(count, from + PART - 1) + ") i;";
            POSTGRES.server().command("BEGIN; SET LOCAL session_replication_role = replica;"
                    + " INSERT INTO imsession_session (id, token, version, created_at, expires_at, cleanup_at, attributes, data)"
                    + " SELECT md5(i::text), 't', 1, now(), now() - interval '1 h', now() - interval '1 h', '{}',"
                    + " ('{\"user_id\":\"u' || i || '\",\"theme\":\"dark\"}')::json FROM " + numbers
                    + " INSERT INTO imsession_reference SELECT md5(i::text), 'user_id', 'u' || i FROM " + numbers + " COMMIT");
        }
        POSTGRES.server().command("ANALYZE");
    }

    private static StoredSession use(PostgresSessionStore store, SessionToken token, StoredSession session,
            Latencies latencies) {
        long begin = System.nanoTime();
        assertThat(await(store.load(token.id()))).isNotNull();
        SessionUpdate update = new SessionUpdate(session, token.hash(), Map.of("n", Long.toString(begin)), Set.of(),
                TokenChange.KEEP, DAY);
        UpdateResult.Updated updated = (UpdateResult.Updated) await(store.update(token.id(), update));
        latencies.add(System.nanoTime() - begin);
        return AppliedUpdate.of(session.at(updated.now()), update).session();
    }

    private static void report(double seconds, Latencies before, Latencies meanwhile) throws IOException {
        Files.writeString(REPORT,
                String.format(Locale.ROOT, "%,d sessions removed in %.0f s | a read and a change: %s before, %s meanwhile%n",
                        ROWS,
                        seconds, before, meanwhile),
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static final class Latencies {

        private final List<Long> nanos = new ArrayList<>();

        void add(long taken) {
            nanos.add(taken);
        }

        @Override
        public String toString() {
            Collections.sort(nanos);
            return String.format(Locale.ROOT, "median %.1f ms, 99 %% below %.1f ms, most %.1f ms (%,d times)", at(0.5),
                    at(0.99),
                    at(1), nanos.size());
        }

        private double at(double share) {
            return nanos.get((int) Math.min(nanos.size() - 1, share * nanos.size())) / 1e6;
        }
    }
}
