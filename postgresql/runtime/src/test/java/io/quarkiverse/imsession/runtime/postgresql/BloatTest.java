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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.BeforeEach;
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
 * What becomes of the tables when sessions are changed again and again: {@code -Dimsession.bloat.updates} times in the
 * exhaustive
 * run, which adds its figures to {@code target/bloat.txt}.
 */
@Tag("further")
class BloatTest {

    private static final Expiry DAY = new Expiry(Duration.ofDays(1), null, null);
    private static final int AT_ONCE = 32;
    /** The bytes of the entries in both indexes that a change which is not HOT writes. */
    private static final int INDEX_ENTRIES = 80;
    private static final int UPDATES = Integer.getInteger("imsession.bloat.updates", 50_000);
    private static final Path REPORT = Path.of("target", "bloat.txt");

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture("autovacuum_naptime=10s");

    private final Random random = new Random(17);
    private PostgresSessionStore store;

    @BeforeEach
    void open() {
        POSTGRES.server().command("TRUNCATE imsession_session CASCADE");
        store = POSTGRES.store(SessionLimits.NONE, "user_id");
    }

    @Test
    void updatesTouchNoIndexAndTheirOldVersionsAreRemovedBySimplyGoingOn() throws Exception {
        update(200, 6000);
    }

    @Test
    @Tag("full")
    void soItIsAfterManyUpdates() throws Exception {
        update(10_000, UPDATES);
    }

    private void update(int sessions, int updates) throws Exception {
        StoredSession[] stored = new StoredSession[sessions];
        SessionToken[] tokens = new SessionToken[sessions];
        SecureRandom secrets = new SecureRandom();
        for (int i = 0; i < sessions; i++) {
            tokens[i] = SessionToken.generate(secrets);
            await(store.create(tokens[i].id(), new NewSession(tokens[i].hash(), SessionData.of("user_id", "u" + i, "views", 0,
                    "theme", "dark", "cart", List.of("item-0001", "item-0002", "item-0003", "item-0004", "item-0005")), DAY)));
            stored[i] = await(store.load(tokens[i].id()));
        }
        POSTGRES.server().command("VACUUM ANALYZE");
        Sizes before = Sizes.now();
        long begin = System.nanoTime();
        for (int i = 0; i < updates; i += AT_ONCE) {
            // Different sessions, as updates of one session wait for each other.
            int first = random.nextInt(sessions);
            List<Running> running = new ArrayList<>();
            for (int j = 0; j < AT_ONCE; j++) {
                int index = (first + j * 7) % sessions;
                SessionUpdate update = new SessionUpdate(stored[index], tokens[index].hash(),
                        Map.of("views", Integer.toString(i)), Set.of(), TokenChange.KEEP, DAY);
                running.add(new Running(index, update, store.update(tokens[index].id(), update)));
            }
            for (Running one : running) {
                stored[one.index] = one.stored();
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        // The counts of a connection that is still open are told after a while.
        POSTGRES.server().disconnectAll();
        Sizes after = Sizes.now();
        double hot = ((Number) POSTGRES.server().value("SELECT n_tup_hot_upd::float8 / n_tup_upd FROM pg_stat_user_tables"
                + " WHERE relname = 'imsession_session'")).doubleValue();
        report(sessions, updates, seconds, hot, before, after);
        // None would be, if updates changed what is indexed. On a busy machine, PostgreSQL clears some pages too late.
        assertThat(hot).as("share of updates that touch no index").isGreaterThan(0.8);
        assertThat(after.table).as("size of the table").isLessThan(2 * before.table);
        assertThat(after.indexes).as("size of the indexes")
                .isLessThanOrEqualTo(before.indexes + 2 * 8192 + Math.round((1 - hot) * updates) * INDEX_ENTRIES);
    }

    private static void report(int sessions, int updates, double seconds, double hot, Sizes before, Sizes after)
            throws IOException {
        Files.writeString(REPORT, String.format(Locale.ROOT,
                "%,d updates of %,d sessions in %.1f s | HOT %.3f %% | table %,d kB, then %,d kB | indexes %,d kB, then %,d kB%n",
                updates, sessions, seconds, 100 * hot, before.table / 1024, after.table / 1024, before.indexes / 1024,
                after.indexes / 1024), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private record Running(int index, SessionUpdate update, CompletionStage<UpdateResult> result) {

        /** What is stored now: nobody else changes these sessions. */
        StoredSession stored() {
            UpdateResult.Updated updated = (UpdateResult.Updated) await(result);
            return AppliedUpdate.of(update.basis().at(updated.now()), update).session();
        }
    }

    /** In bytes. */
    private record Sizes(long table, long indexes) {

        static Sizes now() {
            return new Sizes((Long) POSTGRES.server().value("SELECT pg_table_size('imsession_session')"),
                    (Long) POSTGRES.server().value("SELECT pg_indexes_size('imsession_session')"));
        }
    }
}
