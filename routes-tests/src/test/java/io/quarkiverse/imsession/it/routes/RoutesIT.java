package io.quarkiverse.imsession.it.routes;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class RoutesIT extends RoutesTest {
}
