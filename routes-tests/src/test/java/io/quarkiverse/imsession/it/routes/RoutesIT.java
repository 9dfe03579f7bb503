package io.quarkiverse.imsession.it.routes;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RoutesIT extends RoutesTest {
}
