package io.quarkiverse.imsession.it.demo;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class PostgresAdminIT extends PostgresAdminTest {
}
