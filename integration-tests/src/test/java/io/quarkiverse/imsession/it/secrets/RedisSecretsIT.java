package io.quarkiverse.imsession.it.secrets;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class RedisSecretsIT extends RedisSecretsTest {
}
