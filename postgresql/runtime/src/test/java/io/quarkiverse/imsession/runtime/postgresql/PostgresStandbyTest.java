package io.quarkiverse.imsession.runtime.postgresql;

import static io.quarkiverse.imsession.runtime.postgresql.PostgresFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.client.Sql;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.Created;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.postgresql.ReplicatedPostgres;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;

/** Several hosts, of which one is a standby, or is away. */
@Tag("further")
class PostgresStandbyTest {

    private static final Expiry DAY = new Expiry(Duration.ofDays(1), null, null);
    private static final int CONNECTIONS = 20;
    private static final int CALLS = 60;

    private static ReplicatedPostgres postgres;
    private static Vertx vertx;

    private final SecureRandom random = new SecureRandom();
    private final List<Pool> pools = new ArrayList<>();
    private final List<PostgresSessionStore> stores = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        postgres = ReplicatedPostgres.start();
        vertx = Vertx.vertx();
        postgres.primary().command(new String(PostgresSessionStore.class
                .getResourceAsStream("/META-INF/imsession/postgresql/V1__imsession.sql").readAllBytes(),
                StandardCharsets.UTF_8));
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        postgres.close();
    }

    @AfterEach
    void close() {
        stores.forEach(PostgresSessionStore::close);
        pools.forEach(pool -> pool.close().toCompletionStage().toCompletableFuture().join());
    }

    @Test
    void loadsAreAnsweredByThePrimaryHoweverFarTheStandbyIsBehind() {
        postgres.standby().command("SELECT pg_wal_replay_pause()");
        try {
            SessionToken token = create(store(postgres.primary().port()));
            PostgresSessionStore both = store(postgres.standby().port(), postgres.primary().port());
            List<CompletionStage<StoredSession>> loads = new ArrayList<>();
            for (int i = 0; i < CALLS; i++) {
                loads.add(both.load(token.id()));
            }
            loads.forEach(load -> assertThat(await(load)).isNotNull());
        } finally {
            postgres.standby().command("SELECT pg_wal_replay_resume()");
        }
    }

    /** Even the tables are missing there, if they were made lately. */
    @Test
    void standbyWithoutTablesFailsNoCall() {
        postgres.standby().command("SELECT pg_wal_replay_pause()");
        try {
            PgConnections primary = connections(postgres.primary().port());
            await(primary.script("CREATE TABLE new (a int)", primary.deadline()));
            PgConnections both = connections(postgres.standby().port(), postgres.primary().port());
            Sql load = new Sql("SELECT now(), pg_is_in_recovery(), count(a) FROM new", null);
            for (int i = 0; i < CALLS; i++) {
                long rows = await(both.read(load, both.deadline(), read -> read.iterator().next().getLong(2)));
                assertThat(rows).isZero();
            }
        } finally {
            postgres.standby().command("SELECT pg_wal_replay_resume()");
        }
    }

    @Test
    void changesAreMadeOnThePrimary() {
        PostgresSessionStore both = store(postgres.standby().port(), postgres.primary().port());
        List<CompletionStage<Created>> changes = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            SessionToken token = SessionToken.generate(random);
            changes.add(both.create(token.id(), new NewSession(token.hash(), SessionData.of("a", 1), DAY)));
        }
        changes.forEach(change -> assertThat(await(change)).isNotNull());
    }

    @Test
    void hostThatIsAwayFailsNoCall() {
        PostgresSessionStore both = store(RedisServer.freePort(), postgres.primary().port());
        SessionToken token = create(both);
        List<CompletionStage<StoredSession>> loads = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            loads.add(both.load(token.id()));
        }
        loads.forEach(load -> assertThat(await(load)).isNotNull());
    }

    @Test
    void standbyAloneIsAFailureThatSaysSo() {
        SessionToken token = create(store(postgres.primary().port()));
        PostgresSessionStore standby = store(postgres.standby().port());
        assertThatThrownBy(() -> await(standby.load(token.id())))
                .hasMessageContaining("PostgreSQL is read-only: a standby has answered, and no primary");
        assertThatThrownBy(() -> await(standby.destroy(token.id()))).hasMessageContaining("PostgreSQL is read-only")
                .hasMessageContaining("25006");
    }

    private PgConnections connections(int... ports) {
        return new PgConnections(vertx, pool(ports), "x", PostgresFixture.COMMAND_TIMEOUT);
    }

    private PostgresSessionStore store(int... ports) {
        PostgresSessionStore store = new PostgresSessionStore(vertx, pool(ports), "<default>", PostgresFixture.TABLES,
                PostgresFixture.COMMAND_TIMEOUT, Set.of(), SessionLimits.NONE, Duration.ZERO, 500, PostgresFixture.JOURNAL_AGE,
                false, StoreCounters.NONE);
        stores.add(store);
        return store;
    }

    private Pool pool(int... ports) {
        List<SqlConnectOptions> hosts = new ArrayList<>();
        for (int port : ports) {
            hosts.add(new PgConnectOptions().setHost("127.0.0.1").setPort(port).setDatabase("postgres").setUser("postgres")
                    .setCachePreparedStatements(true));
        }
        Pool pool = PgBuilder.pool().connectingTo(hosts).with(new PoolOptions().setMaxSize(CONNECTIONS)).using(vertx).build();
        pools.add(pool);
        return pool;
    }

    private SessionToken create(PostgresSessionStore store) {
        SessionToken token = SessionToken.generate(random);
        await(store.create(token.id(), new NewSession(token.hash(), SessionData.of("a", 1), DAY)));
        return token;
    }
}
