package io.quarkiverse.imsession.deployment;

import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.postgresql.config.PostgresBuildConfig;
import io.quarkiverse.imsession.runtime.postgresql.config.PostgresConfig;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkiverse.imsession.test.postgresql.PostgresServer;
import io.quarkus.test.QuarkusDevModeTest;

class DevUiPostgresTest extends DevUiContract {

    private static final int PORT = RedisServer.freePort();
    private static final PostgresServer POSTGRES = PostgresServer.start();

    @RegisterExtension
    static final QuarkusDevModeTest APP = app(PORT, "quarkus.datasource.db-kind=postgresql",
            "quarkus.datasource.reactive.url=" + POSTGRES.url(), "quarkus.datasource.username=postgres");

    DevUiPostgresTest() {
        super(PORT);
    }

    @Override
    Set<String> otherStores() {
        return Set.of("memory.", "redis.");
    }

    @Override
    Stream<Class<?>> settingsOfTheStore() {
        return Stream.of(PostgresConfig.class, PostgresBuildConfig.class);
    }

    @Override
    String where(String id) {
        return "SELECT * FROM \"imsession_session\" WHERE id = '" + id + "'";
    }

    @AfterAll
    static void stopPostgres() {
        POSTGRES.close();
    }
}
