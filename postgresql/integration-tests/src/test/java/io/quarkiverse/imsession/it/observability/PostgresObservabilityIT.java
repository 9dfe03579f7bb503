package io.quarkiverse.imsession.it.observability;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresObservabilityIT extends PostgresObservabilityTest {
}
