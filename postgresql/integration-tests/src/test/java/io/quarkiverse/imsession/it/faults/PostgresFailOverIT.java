package io.quarkiverse.imsession.it.faults;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresFailOverIT extends PostgresFailOverTest {
}
