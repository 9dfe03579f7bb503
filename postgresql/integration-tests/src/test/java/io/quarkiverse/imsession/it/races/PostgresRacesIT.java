package io.quarkiverse.imsession.it.races;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresRacesIT extends PostgresRacesTest {
}
