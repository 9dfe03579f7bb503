package io.quarkiverse.imsession.it.typed;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresTypedIT extends PostgresTypedTest {
}
