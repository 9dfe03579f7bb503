package io.quarkiverse.imsession.it.csrf;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("root-path")
@Tag("further")
@QuarkusIntegrationTest
class RootPathCsrfIT extends RootPathCsrfTest {
}
