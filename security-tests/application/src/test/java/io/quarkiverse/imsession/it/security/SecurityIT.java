package io.quarkiverse.imsession.it.security;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class SecurityIT extends SecurityTest {
}
