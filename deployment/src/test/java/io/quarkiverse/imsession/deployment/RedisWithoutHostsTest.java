package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisWithoutHostsTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class)
            .config("quarkus.imsession.store", "redis")
            .failsWith("Sessions are kept in Redis, but no Redis is configured: set quarkus.redis.hosts, for example to"
                    + " redis://localhost:6379, or build with quarkus.imsession.store=memory");

    @Test
    void theStartFailsAndSaysWhatToSet() {
        fail("The application started");
    }
}
