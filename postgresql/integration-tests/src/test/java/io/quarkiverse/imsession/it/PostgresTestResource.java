package io.quarkiverse.imsession.it;

import java.util.Map;

import io.quarkiverse.imsession.test.postgresql.PostgresServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Starts a PostgreSQL for the application under test. It waits for the disk, so that it loses nothing when it is killed. */
public class PostgresTestResource implements QuarkusTestResourceLifecycleManager {

    private static volatile PostgresServer server;

    /** The server of the running test; after one that failed, Quarkus starts another one. */
    public static PostgresServer server() {
        return server;
    }

    @Override
    public Map<String, String> start() {
        server = PostgresServer.start("fsync=on", "synchronous_commit=on", "full_page_writes=on");
        // A machine that is busy elsewhere is no fault: so the time-out is long.
        return Map.of("quarkus.imsession.postgresql.command-timeout", "20S", "quarkus.datasource.reactive.url", server.url(),
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "any", "quarkus.imsession.postgresql.schema", "create");
    }

    @Override
    public void stop() {
        server.close();
    }
}
