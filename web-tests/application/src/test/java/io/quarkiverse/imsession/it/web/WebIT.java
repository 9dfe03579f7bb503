package io.quarkiverse.imsession.it.web;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class WebIT extends WebTest {
}
