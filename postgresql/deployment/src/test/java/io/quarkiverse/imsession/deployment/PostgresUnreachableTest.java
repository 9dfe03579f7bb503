package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.RedisServer;

class PostgresUnreachableTest {

    private static final int NOBODYS_PORT = RedisServer.freePort();

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class).config("quarkus.datasource.db-kind", "postgresql")
            .config("quarkus.datasource.reactive.url", "postgresql://127.0.0.1:" + NOBODYS_PORT + "/postgres")
            .config("quarkus.datasource.username", "postgres").config("quarkus.datasource.password", "secret-password")
            .logs(Level.WARNING,
                    lines -> assertThat(String.join("\n", lines)).contains("The tables of sessions could not be checked")
                            .contains("PostgreSQL cannot be reached at 127.0.0.1:" + NOBODYS_PORT)
                            .doesNotContain("secret-password"));

    @Test
    void theApplicationStartsAndRequestsWithSessionsAreAnsweredWith503() {
        Client.get("/set?name=anna", null).then().statusCode(503);
    }
}
