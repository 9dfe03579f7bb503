package io.quarkiverse.imsession.it.oidc;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresOidcIT extends PostgresOidcTest {
}
