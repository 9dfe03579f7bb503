package io.quarkiverse.imsession.runtime.postgresql;

import static io.quarkiverse.imsession.runtime.postgresql.PostgresFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionStoreException;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;

/** What becomes of calls whose connection, server or pool does not do its part. */
class ConnectionsTest {

    private static final Expiry DAY = new Expiry(Duration.ofDays(1), null, null);
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final int CONNECTIONS = 3;

    @RegisterExtension
    static final PostgresFixture POSTGRES = new PostgresFixture();

    private final SecureRandom random = new SecureRandom();
    private Pool pool;
    private PostgresSessionStore store;

    @BeforeEach
    void open() {
        pool = POSTGRES.pool(CONNECTIONS);
        store = POSTGRES.store(pool, TIMEOUT, SessionLimits.NONE, "user_id");
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
            assertThat(await(store.load(token.id()))).isNotNull();
        });
        assertThat(later).isEqualTo(Map.of("SELECT", 1));
    }

    @Test
    void callThatWaitsTooLongForARowIsCancelledAndItsConnectionUsedAgain() throws Exception {
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
            assertThat(await(store.load(token.id()))).isNotNull();
        }
        assertThat(await(store.destroy(token.id()))).isTrue();
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
            assertThat(await(store.load(token.id()))).isNotNull();
        }
    }

    @Test
    void serverThatIsAwayIsAFailureThatNamesItsAddressAndStoresGoOnWhenItIsBack() {
        SessionToken token = create();
        POSTGRES.server().stop();
        try {
            assertThatThrownBy(() -> await(store.load(token.id()))).hasRootCauseMessage("java.net.ConnectException")
                    .hasMessageContaining("PostgreSQL cannot be reached at 127.0.0.1:" + POSTGRES.server().port());
        } finally {
            POSTGRES.server().restart();
        }
        assertThat(await(store.destroy(token.id()))).as("nothing waits for the disk in tests, so the session may be lost")
                .isIn(true, false);
    }

    @Test
    void databaseThatMayOnlyBeReadFailsChanges() {
        SessionToken token = create();
        POSTGRES.server().command("ALTER ROLE postgres SET default_transaction_read_only = on");
        PostgresSessionStore fresh = POSTGRES.store(POSTGRES.pool(1), TIMEOUT, SessionLimits.NONE);
        assertThatThrownBy(() -> await(fresh.destroy(token.id()))).hasMessageContaining("PostgreSQL is read-only")
                .hasMessageContaining("25006");
        assertThat(await(fresh.load(token.id()))).isNotNull();
    }

    @Test
    void serverThatTakesNoMoreConnectionsIsAFailureThatSaysSo() throws Exception {
        SessionToken token = create();
        POSTGRES.server()
                .command("CREATE ROLE crowded LOGIN CONNECTION LIMIT 1; GRANT ALL ON ALL TABLES IN SCHEMA public TO crowded");
        Pool first = POSTGRES.pool(1, "crowded");
        SqlConnection only = first.getConnection().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        PostgresSessionStore second = POSTGRES.store(POSTGRES.pool(5, "crowded"), TIMEOUT, SessionLimits.NONE);
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
        PostgresSessionStore reader = POSTGRES.store(POSTGRES.pool(1, "reader"), TIMEOUT, SessionLimits.NONE);
        assertThat(await(reader.load(token.id()))).isNotNull();
        assertThatThrownBy(() -> await(reader.destroy(token.id())))
                .hasMessageContaining("42501 insufficient_privilege, see quarkus.imsession.postgresql.schema");
    }

    @Test
    void messagesOfTheServerAreNotRepeated() {
        POSTGRES.server().command("ALTER TABLE imsession_session RENAME COLUMN data TO secret_data");
        try {
            assertThatThrownBy(() -> await(store.load(newToken().id()))).hasMessageContaining("42703 undefined_column")
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
        Awaitility.await().ignoreExceptions().until(() -> await(store.create(token.id(),
                new NewSession(token.hash(), SessionData.of("a", 1), DAY))) != null);
        return token;
    }
}
