package io.quarkiverse.imsession.it.demo;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("full")
@QuarkusIntegrationTest
class PostgresDemoTourIT extends PostgresDemoTourTest {
}
