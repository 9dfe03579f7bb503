package io.quarkiverse.imsession.it.devices;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresDevicesIT extends PostgresDevicesTest {
}
