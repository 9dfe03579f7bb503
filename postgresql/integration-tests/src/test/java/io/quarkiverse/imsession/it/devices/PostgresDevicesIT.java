package io.quarkiverse.imsession.it.devices;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("full")
@QuarkusIntegrationTest
class PostgresDevicesIT extends PostgresDevicesTest {
}
