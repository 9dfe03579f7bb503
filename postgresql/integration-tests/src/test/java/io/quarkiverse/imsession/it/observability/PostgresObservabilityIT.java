package io.quarkiverse.imsession.it.observability;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class PostgresObservabilityIT extends PostgresObservabilityTest {
}
