package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisAddressTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class)
            .config("quarkus.imsession.store", "redis")
            .config("quarkus.imsession.redis.client-name", "sessions")
            .config("quarkus.redis.sessions.hosts", "localhost:6379")
            .failsWith("quarkus.redis.sessions.hosts has an address that the Redis client cannot use",
                    "redis://localhost:6379");

    @Test
    void theStartFailsWithoutASchemeAndSaysWhatToSet() {
        fail("The application started");
    }
}
