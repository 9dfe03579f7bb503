package io.quarkiverse.imsession.it.layers;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresLayersIT extends PostgresLayersTest {
}
