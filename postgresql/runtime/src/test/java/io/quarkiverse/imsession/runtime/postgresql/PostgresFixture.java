package io.quarkiverse.imsession.runtime.postgresql;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.postgresql.client.PgConnections;
import io.quarkiverse.imsession.runtime.postgresql.session.Tables;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.test.postgresql.PostgresServer;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;

/** A PostgreSQL and stores on it, for all tests of a class. */
public final class PostgresFixture implements BeforeAllCallback, AfterAllCallback {

    static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    static final Tables TABLES = new Tables(null, "imsession_");
    static final Duration JOURNAL_AGE = Duration.ofDays(90);

    private final String[] settings;
    private final List<PostgresSessionStore> stores = new ArrayList<>();
    private final List<Pool> pools = new ArrayList<>();
    private PostgresServer server;
    private Vertx vertx;

    public PostgresFixture(String... settings) {
        this.settings = settings;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        server = PostgresServer.start(settings);
        vertx = Vertx.vertx();
        server.command(new String(PostgresSessionStore.class
                .getResourceAsStream("/META-INF/imsession/postgresql/V1__imsession.sql").readAllBytes(),
                StandardCharsets.UTF_8));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        stores.forEach(PostgresSessionStore::close);
        pools.forEach(pool -> pool.close().toCompletionStage().toCompletableFuture().join());
        vertx.close().toCompletionStage().toCompletableFuture().join();
        server.close();
    }

    public static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }

    public PostgresServer server() {
        return server;
    }

    /** How long a session is kept. */
    Duration timeToLive(SessionId id) {
        return Duration.ofMillis(
                ((Number) server.value("SELECT (extract(epoch FROM expires_at + interval '10 s' - now()) * 1000)::bigint"
                        + " FROM imsession_session WHERE id = ?", id.value())).longValue());
    }

    public Vertx vertx() {
        return vertx;
    }

    public Pool pool(int size) {
        return pool(size, "postgres");
    }

    public Pool pool(int size, String user) {
        return pool(server.port(), size, user);
    }

    /** Connections to another port of this machine, which leads to the server. */
    public Pool poolAt(int port, int size) {
        return pool(port, size, "postgres");
    }

    private Pool pool(int port, int size, String user) {
        Pool pool = PgBuilder.pool().connectingTo(
                new PgConnectOptions().setHost("127.0.0.1").setPort(port).setDatabase("postgres").setUser(user)
                        .setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(size)).using(vertx).build();
        pools.add(pool);
        return pool;
    }

    public PgConnections connections(Pool pool) {
        return connections(pool, COMMAND_TIMEOUT);
    }

    public PgConnections connections(Pool pool, Duration timeout) {
        return new PgConnections(vertx, pool, "x", timeout);
    }

    /** A store with a pool of the usual size. */
    PostgresSessionStore store(SessionLimits limits, String... references) {
        return store(pool(20), COMMAND_TIMEOUT, limits, references);
    }

    PostgresSessionStore store(Pool pool, Duration timeout, SessionLimits limits, String... references) {
        return store(pool, timeout, limits, Duration.ZERO, references);
    }

    /** A store that tells others what it changes. */
    PostgresSessionStore tellingStore() {
        return tellingStore(Duration.ofSeconds(2), SessionLimits.NONE);
    }

    PostgresSessionStore tellingStore(Duration timeout, SessionLimits limits, String... references) {
        PostgresSessionStore store = new PostgresSessionStore(vertx, pool(20), "<default>", TABLES, timeout,
                Set.of(references), limits, Duration.ofMillis(200), 500, JOURNAL_AGE, true, StoreCounters.NONE);
        stores.add(store);
        return store;
    }

    /** A store that counts. */
    PostgresSessionStore store(Duration cleanupInterval, StoreCounters counters) {
        PostgresSessionStore store = new PostgresSessionStore(vertx, pool(2), "<default>", TABLES, COMMAND_TIMEOUT, Set.of(),
                SessionLimits.NONE, cleanupInterval, 500, JOURNAL_AGE, false, counters);
        stores.add(store);
        return store;
    }

    PostgresSessionStore store(Pool pool, Duration timeout, SessionLimits limits, Duration cleanupInterval,
            String... references) {
        PostgresSessionStore store = new PostgresSessionStore(vertx, pool, "<default>", TABLES, timeout, Set.of(references),
                limits, cleanupInterval, 500, JOURNAL_AGE, false, StoreCounters.NONE);
        stores.add(store);
        return store;
    }
}
