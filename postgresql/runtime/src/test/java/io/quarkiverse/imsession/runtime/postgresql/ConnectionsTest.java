package io.quarkiverse.imsession.runtime.postgresql;

import static io.quarkiverse.imsession.runtime.postgresql.PostgresFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.client.Sql;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.test.postgresql.TcpProxy;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** What becomes of calls whose connection, server or pool does not do its part. */
@Tag("further")
class ConnectionsTest {

    private static final Expiry DAY = new Expiry(Duration.ofDays(1), null, null);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int CONNECTIONS = 3;

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private final SecureRandom random = new SecureRandom();
    private Pool pool;
    private PostgresSessionStore store;
    /** For calls that a slow machine must not let fail. */
    private PostgresSessionStore patient;

    @BeforeEach
    void open() {
        pool = POSTGRES.pool(CONNECTIONS);
        store = POSTGRES.store(pool, TIMEOUT, SessionLimits.NONE, "user_id");
        patient = POSTGRES.store(pool, PostgresFixture.COMMAND_TIMEOUT, SessionLimits.NONE, "user_id");
    }

    @AfterEach
    void close() {
        POSTGRES.server().command("BEGIN READ WRITE; ALTER ROLE postgres RESET ALL; COMMIT");
        POSTGRES.server().disconnectAll();
    }

    @Test
    void exhaustedPoolIsAFailureAfterTheTimeoutAndNothingRunsLater() throws Exception {
        SessionToken token = create();
        List<SqlConnection> taken = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            taken.add(pool.getConnection().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS));
        }
        assertThatThrownBy(() -> await(store.destroy(token.id()))).hasRootCauseInstanceOf(SessionStoreException.class)
                .hasMessageContaining("No connection of the datasource <default> was free within")
                .hasMessageContaining("max-size");
        Map<String, Integer> later = POSTGRES.server().count(() -> {
            taken.forEach(SqlConnection::close);
            assertThat(await(patient.load(token.id()))).isNotNull();
        });
        assertThat(later).isEqualTo(Map.of("SELECT", 1));
    }

    @Test
    void callThatWaitsTooLongForARowIsCancelledAndItsPlaceInThePoolFree() throws Exception {
        SessionToken token = create();
        try (Connection other = POSTGRES.server().connect(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT 1 FROM imsession_session WHERE id = '" + token.id().value() + "' FOR UPDATE");
            for (int i = 0; i < CONNECTIONS; i++) {
                assertThatThrownBy(() -> await(store.destroy(token.id()))).hasRootCauseInstanceOf(SessionStoreException.class)
                        .hasMessageContaining("did not answer within quarkus.imsession.postgresql.command-timeout");
            }
            Awaitility.await().untilAsserted(() -> assertThat((Long) POSTGRES.server()
                    .value("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")).isZero());
            assertThat(await(patient.load(token.id()))).isNotNull();
        }
        assertThat(await(patient.destroy(token.id()))).isTrue();
    }

    /** A request to cancel takes another connection, and may arrive when its statement is over. */
    @Test
    void cancellationThatComesLateEndsNoOtherStatement() throws Exception {
        SessionToken token = create();
        SessionToken other = create();
        try (TcpProxy proxy = TcpProxy.start(POSTGRES.server().port())) {
            Pool one = POSTGRES.poolAt(proxy.port(), 1);
            PostgresSessionStore alone = POSTGRES.store(one, TIMEOUT, SessionLimits.NONE);
            PostgresSessionStore longer = POSTGRES.store(one, PostgresFixture.COMMAND_TIMEOUT, SessionLimits.NONE);
            await(alone.load(token.id()));
            proxy.holdCancellations();
            try (Lock lock = new Lock(token)) {
                assertThatThrownBy(() -> await(alone.destroy(token.id())))
                        .hasMessageContaining("did not answer within quarkus.imsession.postgresql.command-timeout");
            }
            Awaitility.await().until(() -> await(patient.load(token.id())) == null);
            CompletionStage<Boolean> next;
            try (Lock lock = new Lock(other)) {
                next = longer.destroy(other.id());
                awaitWaiting(1);
                proxy.passCancellations();
            }
            assertThat(await(next)).isTrue();
        }
    }

    private static void awaitWaiting(long statements) {
        Awaitility.await().until(() -> POSTGRES.server()
                .value("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'").equals(statements));
    }

    /** Another program holds the row of a session. */
    private static final class Lock implements AutoCloseable {

        private final Connection connection = POSTGRES.server().connect();

        Lock(SessionToken token) throws SQLException {
            connection.setAutoCommit(false);
            connection.createStatement()
                    .execute("SELECT 1 FROM imsession_session WHERE id = '" + token.id().value() + "' FOR UPDATE");
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    @Test
    void connectionsOfAServerThatHangsAreGivenUp() {
        SessionToken token = create();
        POSTGRES.server().hang();
        try {
            List<CompletionStage<?>> calls = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                calls.add(store.load(token.id()));
            }
            calls.forEach(call -> assertThatThrownBy(() -> await(call)).hasRootCauseInstanceOf(SessionStoreException.class));
        } finally {
            POSTGRES.server().goOn();
        }
        Awaitility.await().ignoreExceptions().until(() -> await(store.load(token.id())) != null);
    }

    @Test
    void oneConnectionThatHangsDoesNotOccupyThePool() throws Exception {
        SessionToken token = create();
        Pool small = POSTGRES.pool(1);
        PostgresSessionStore alone = POSTGRES.store(small, TIMEOUT, SessionLimits.NONE);
        int pid = small.query("SELECT pg_backend_pid()").execute().toCompletionStage().toCompletableFuture()
                .get(10, TimeUnit.SECONDS).iterator().next().getInteger(0);
        POSTGRES.server().hangBackend(pid);
        try {
            assertThatThrownBy(() -> await(alone.load(token.id()))).hasRootCauseInstanceOf(SessionStoreException.class);
            Awaitility.await().ignoreExceptions().until(() -> await(alone.load(token.id())) != null);
        } finally {
            POSTGRES.server().goOnBackend(pid);
        }
    }

    @Test
    void loadIsRepeatedWhenItsConnectionIsLost() {
        SessionToken token = create();
        for (int i = 0; i < 20; i++) {
            POSTGRES.server().disconnectAll();
            assertThat(await(patient.load(token.id()))).isNotNull();
        }
    }

    @Test
    void serverThatIsAwayIsAFailureThatNamesItsAddressAndStoresGoOnWhenItIsBack() {
        SessionToken token = create();
        POSTGRES.server().stop();
        try {
            assertThatThrownBy(() -> await(patient.load(token.id()))).hasRootCauseMessage("java.net.ConnectException")
                    .hasMessageContaining("PostgreSQL cannot be reached at 127.0.0.1:" + POSTGRES.server().port());
        } finally {
            POSTGRES.server().restart();
        }
        assertThat(await(patient.destroy(token.id()))).as("nothing waits for the disk in tests, so the session may be lost")
                .isIn(true, false);
    }

    @Test
    void databaseThatMayOnlyBeReadFailsChanges() {
        SessionToken token = create();
        POSTGRES.server().command("ALTER ROLE postgres SET default_transaction_read_only = on");
        PostgresSessionStore fresh = POSTGRES.store(POSTGRES.pool(1), PostgresFixture.COMMAND_TIMEOUT, SessionLimits.NONE);
        assertThatThrownBy(() -> await(fresh.destroy(token.id()))).hasMessageContaining("PostgreSQL is read-only")
                .hasMessageContaining("25006");
        assertThat(await(fresh.load(token.id()))).isNotNull();
    }

    /** Each attempt of a search closes a connection and makes another one. */
    @Test
    void databaseThatMayOnlyBeReadIsNotSearchedAroundForEachChange() {
        SessionToken token = create();
        POSTGRES.server().command("ALTER ROLE postgres SET default_transaction_read_only = on");
        AtomicInteger attempts = new AtomicInteger();
        PgConnections connections = new PgConnections(POSTGRES.vertx(), POSTGRES.pool(1), "x", PostgresFixture.COMMAND_TIMEOUT,
                attempts::incrementAndGet);
        Sql change = new Sql("DELETE FROM imsession_session WHERE id = $1", Tuple.of(token.id().value()));
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> await(connections.change(change, connections.deadline(), RowSet::rowCount)))
                    .hasMessageContaining("PostgreSQL is read-only");
        }
        int searches = 1 + (int) TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        assertThat(attempts).hasValueBetween(7, 7 * searches);
    }

    @Test
    void serverThatTakesNoMoreConnectionsIsAFailureThatSaysSo() throws Exception {
        SessionToken token = create();
        POSTGRES.server()
                .command("CREATE ROLE crowded LOGIN CONNECTION LIMIT 1; GRANT ALL ON ALL TABLES IN SCHEMA public TO crowded");
        Pool first = POSTGRES.pool(1, "crowded");
        SqlConnection only = first.getConnection().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        PostgresSessionStore second = POSTGRES.store(POSTGRES.pool(5, "crowded"), PostgresFixture.COMMAND_TIMEOUT,
                SessionLimits.NONE);
        assertThatThrownBy(() -> await(second.load(token.id()))).hasRootCauseMessage("SQLSTATE 53300")
                .hasMessageContaining("PostgreSQL cannot be reached: it answered with the error 53300 too_many_connections");
        only.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        first.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        Awaitility.await().ignoreExceptions().until(() -> await(second.load(token.id())) != null);
    }

    @Test
    void poolThatGetsFewerConnectionsThanItMayHaveUsesThese() throws Exception {
        SessionToken token = create();
        POSTGRES.server()
                .command("CREATE ROLE narrow LOGIN CONNECTION LIMIT 2; GRANT ALL ON ALL TABLES IN SCHEMA public TO narrow");
        PostgresSessionStore narrow = POSTGRES.store(POSTGRES.pool(20, "narrow"), Duration.ofSeconds(20), SessionLimits.NONE);
        await(narrow.load(token.id()));
        for (int i = 0; i < 40; i++) {
            assertThat(await(narrow.load(token.id()))).isNotNull();
        }
    }

    @Test
    void statementTimeoutOfTheDatabaseIsAFailureThatSaysSo() throws Exception {
        SessionToken token = create();
        POSTGRES.server().command("ALTER ROLE postgres SET statement_timeout = '200ms'");
        PostgresSessionStore fresh = POSTGRES.store(POSTGRES.pool(1), Duration.ofSeconds(10), SessionLimits.NONE);
        try (Connection other = POSTGRES.server().connect(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT 1 FROM imsession_session WHERE id = '" + token.id().value() + "' FOR UPDATE");
            assertThatThrownBy(() -> await(fresh.destroy(token.id()))).hasMessageContaining("PostgreSQL took too long")
                    .hasMessageContaining("57014");
        }
        assertThat(await(fresh.destroy(token.id()))).isTrue();
    }

    @Test
    void rightThatIsTakenAwayIsAFailureThatNamesTheSetting() {
        SessionToken token = create();
        POSTGRES.server().command("CREATE ROLE reader LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader");
        PostgresSessionStore reader = POSTGRES.store(POSTGRES.pool(1, "reader"), PostgresFixture.COMMAND_TIMEOUT,
                SessionLimits.NONE);
        assertThat(await(reader.load(token.id()))).isNotNull();
        assertThatThrownBy(() -> await(reader.destroy(token.id())))
                .hasMessageContaining("42501 insufficient_privilege, see quarkus.imsession.postgresql.schema");
    }

    @Test
    void messagesOfTheServerAreNotRepeated() {
        POSTGRES.server().command("ALTER TABLE imsession_session RENAME COLUMN data TO secret_data");
        try {
            assertThatThrownBy(() -> await(patient.load(newToken().id()))).hasMessageContaining("42703 undefined_column")
                    .hasMessageContaining("quarkus.imsession.postgresql.schema").hasMessageNotContaining("data\"");
        } finally {
            POSTGRES.server().command("ALTER TABLE imsession_session RENAME COLUMN secret_data TO data");
        }
    }

    private SessionToken newToken() {
        return SessionToken.generate(random);
    }

    private SessionToken create() {
        SessionToken token = newToken();
        Awaitility.await().ignoreExceptions().until(() -> await(patient.create(token.id(),
                new NewSession(token.hash(), SessionData.of("a", 1), DAY))) != null);
        return token;
    }
}
