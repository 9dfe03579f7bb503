package io.quarkiverse.imsession.it.renewal;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresRenewalIT extends PostgresRenewalTest {
}
