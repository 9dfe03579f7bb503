package io.quarkiverse.imsession.it.paths;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresPathsIT extends PostgresPathsTest {
}
