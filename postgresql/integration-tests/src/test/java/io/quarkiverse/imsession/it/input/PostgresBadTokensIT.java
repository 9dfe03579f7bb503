package io.quarkiverse.imsession.it.input;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresBadTokensIT extends PostgresBadTokensTest {
}
