package io.quarkiverse.imsession.it.demo;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresAdminIT extends PostgresAdminTest {
}
