package io.quarkiverse.imsession.it.typed;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RedisTypedIT extends RedisTypedTest {
}
