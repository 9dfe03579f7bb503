package io.quarkiverse.imsession.it.flash;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresFlashIT extends PostgresFlashTest {
}
