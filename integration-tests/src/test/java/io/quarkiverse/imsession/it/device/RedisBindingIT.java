package io.quarkiverse.imsession.it.device;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class RedisBindingIT extends RedisBindingTest {
}
