package io.quarkiverse.imsession.it.secrets;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RedisSecretsIT extends RedisSecretsTest {
}
