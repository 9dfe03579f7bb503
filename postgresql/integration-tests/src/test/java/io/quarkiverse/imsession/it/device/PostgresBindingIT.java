package io.quarkiverse.imsession.it.device;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresBindingIT extends PostgresBindingTest {
}
