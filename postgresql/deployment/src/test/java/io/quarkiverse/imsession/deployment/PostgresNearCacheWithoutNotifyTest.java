package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("further")
class PostgresNearCacheWithoutNotifyTest {

    @RegisterExtension
    static final TestApp APP = PostgresApp.of(Routes.class).config("quarkus.imsession.near-cache.enabled", "true")
            .config("quarkus.imsession.postgresql.notify", "false")
            .failsWith("quarkus.imsession.postgresql.notify is false, but quarkus.imsession.near-cache.enabled is true");

    @Test
    void theStartFailsAndSaysWhatToRemove() {
        fail("The application started");
    }
}
