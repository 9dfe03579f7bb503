package io.quarkiverse.imsession.it.csrf;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class CsrfIT extends CsrfTest {
}
