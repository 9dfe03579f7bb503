package io.quarkiverse.imsession.it.web;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class WebIT extends WebTest {
}
