package io.quarkiverse.imsession.it.paths;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class PathsIT extends PathsTest {
}
