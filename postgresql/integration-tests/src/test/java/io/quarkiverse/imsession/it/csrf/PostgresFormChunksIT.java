package io.quarkiverse.imsession.it.csrf;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresFormChunksIT extends PostgresFormChunksTest {
}
