package io.quarkiverse.imsession.it.device;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RedisBindingIT extends RedisBindingTest {
}
