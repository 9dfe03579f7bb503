package io.quarkiverse.imsession.it.input;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresPlantedCookiesIT extends PostgresPlantedCookiesTest {
}
