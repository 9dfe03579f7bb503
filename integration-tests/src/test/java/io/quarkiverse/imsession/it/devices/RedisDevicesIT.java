package io.quarkiverse.imsession.it.devices;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class RedisDevicesIT extends RedisDevicesTest {
}
