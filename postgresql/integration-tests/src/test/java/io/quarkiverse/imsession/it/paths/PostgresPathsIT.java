package io.quarkiverse.imsession.it.paths;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("full")
@QuarkusIntegrationTest
class PostgresPathsIT extends PostgresPathsTest {
}
