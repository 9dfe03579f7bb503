package io.quarkiverse.imsession.runtime.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.admin.AdministrationAccess;
import io.quarkiverse.imsession.runtime.model.Lifetimes;
import io.quarkiverse.imsession.runtime.model.ModelContract;
import io.quarkiverse.imsession.runtime.model.ModelRun.Ageing;
import io.quarkiverse.imsession.runtime.model.ModelRun.Instance;
import io.quarkiverse.imsession.runtime.model.QuietPoint.Inspection;
import io.quarkiverse.imsession.runtime.model.Values;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.StoredSession;

/** Three instances of the application share one PostgreSQL. All of them search for expired sessions all the time. */
@Tag("further")
class PostgresModelTest extends ModelContract {

    private static final int INSTANCES = 3;
    private static final Duration CLEANUP_INTERVAL = Duration.ofMillis(20);
    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    @Override
    protected List<Instance> instances(Lifetimes lifetimes) {
        List<Instance> instances = new ArrayList<>();
        for (int i = 0; i < INSTANCES; i++) {
            PostgresSessionStore store = POSTGRES.store(POSTGRES.pool(20), PostgresFixture.COMMAND_TIMEOUT, SessionLimits.NONE,
                    CLEANUP_INTERVAL, Values.REFERENCES.toArray(String[]::new));
            instances.add(new Instance(store, AdministrationAccess.of(store, lifetimes.timeout(), Values.REFERENCES)));
        }
        return instances;
    }

    @Override
    protected Clock clock() {
        return Clock.systemUTC();
    }

    @Override
    protected Ageing ageing() {
        return id -> POSTGRES.server().command("UPDATE imsession_session SET cleanup_at = now() + interval '50 ms',"
                + " expires_at = now() + interval '50 ms' - interval '10 s' WHERE id = ?", id.value());
    }

    @Override
    protected Inspection inspection() {
        return this::inspect;
    }

    /** Each session has exactly the references of its data. */
    private void inspect(Map<SessionId, StoredSession> living, Predicate<SessionId> mayBeEntered) {
        Set<String> entered = new HashSet<>();
        POSTGRES.server().command("SELECT session_id || ' ' || field || '=' || value FROM imsession_reference"
                + " JOIN imsession_session s ON s.id = session_id WHERE s.expires_at > now() - interval '10 s'")
                .forEach(entry -> entered.add(entry.toString()));
        Set<String> expected = new HashSet<>();
        living.forEach((id, stored) -> Values.of(stored.data()).values()
                .forEach(reference -> expected.add(id.value() + ' ' + reference.field() + '=' + reference.value())));
        Set<String> unexpected = new HashSet<>(entered);
        unexpected.removeAll(expected);
        assertThat(unexpected).as("references of no living session").isEmpty();
        expected.removeAll(entered);
        assertThat(expected).as("missing references").allMatch(entry -> !isStored(entry.substring(0, SessionId.LENGTH)));
        assertThat((Long) POSTGRES.server().value("SELECT count(*) FROM imsession_reference r WHERE NOT EXISTS"
                + " (SELECT 1 FROM imsession_session s WHERE s.id = r.session_id)")).as("orphans").isZero();
    }

    /** Sessions may have expired meanwhile. */
    private static boolean isStored(String id) {
        return !POSTGRES.server()
                .command("SELECT 1 FROM imsession_session WHERE id = ? AND expires_at > now() - interval '10 s'",
                        id)
                .isEmpty();
    }

    @Override
    protected void assertNothingIsLeft() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat((Long) POSTGRES.server().value("SELECT count(*) FROM imsession_session")).isZero();
            assertThat((Long) POSTGRES.server().value("SELECT count(*) FROM imsession_reference")).isZero();
        });
        assertThat((Long) POSTGRES.server().value("SELECT deadlocks FROM pg_stat_database WHERE datname = 'postgres'"))
                .as("deadlocks").isZero();
    }
}
