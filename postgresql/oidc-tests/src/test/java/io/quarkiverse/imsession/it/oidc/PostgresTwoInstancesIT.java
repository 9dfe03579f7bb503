package io.quarkiverse.imsession.it.oidc;

import java.util.List;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.test.postgresql.PostgresServer;

@Tag("full")
class PostgresTwoInstancesIT extends TwoInstancesContract {

    private PostgresServer postgres;

    @Override
    List<String> startStore() {
        postgres = PostgresServer.start();
        // A machine that is busy elsewhere is no fault.
        return List.of("quarkus.imsession.postgresql.command-timeout=20S", "quarkus.datasource.reactive.url=" + postgres.url(),
                "quarkus.datasource.username=postgres",
                "quarkus.imsession.postgresql.schema=create");
    }

    @Override
    void stopStore() {
        postgres.close();
    }
}
