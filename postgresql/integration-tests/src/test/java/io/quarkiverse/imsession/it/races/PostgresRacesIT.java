package io.quarkiverse.imsession.it.races;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class PostgresRacesIT extends PostgresRacesTest {
}
