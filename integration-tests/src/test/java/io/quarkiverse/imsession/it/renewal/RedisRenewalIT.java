package io.quarkiverse.imsession.it.renewal;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class RedisRenewalIT extends RedisRenewalTest {
}
