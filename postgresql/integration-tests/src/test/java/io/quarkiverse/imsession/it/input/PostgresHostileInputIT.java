package io.quarkiverse.imsession.it.input;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class PostgresHostileInputIT extends PostgresHostileInputTest {
}
