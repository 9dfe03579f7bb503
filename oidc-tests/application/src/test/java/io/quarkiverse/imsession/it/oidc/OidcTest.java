package io.quarkiverse.imsession.it.oidc;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OidcTest extends LogInsContract {
}
