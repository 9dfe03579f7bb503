package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("further")
class PostgresNearCacheWithOneConnectionTest {

    @RegisterExtension
    static final TestApp APP = PostgresApp.of(Routes.class).config("quarkus.imsession.near-cache.enabled", "true")
            .config("quarkus.datasource.reactive.max-size", "1")
            .failsWith("quarkus.datasource.reactive.max-size is 1, but quarkus.imsession.near-cache.enabled is true");

    @Test
    void theStartFailsAsRequestsWouldGetNoConnection() {
        fail("The application started");
    }
}
