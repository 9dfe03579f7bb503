package io.quarkiverse.imsession.it.typed;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class PostgresTypedIT extends PostgresTypedTest {
}
