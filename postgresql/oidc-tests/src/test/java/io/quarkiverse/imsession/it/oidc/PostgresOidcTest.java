package io.quarkiverse.imsession.it.oidc;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(PostgresSurroundings.class)
class PostgresOidcTest extends LogInsContract {
}
