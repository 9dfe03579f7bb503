package io.quarkiverse.imsession.it.oidc;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class OidcIT extends OidcTest {
}
