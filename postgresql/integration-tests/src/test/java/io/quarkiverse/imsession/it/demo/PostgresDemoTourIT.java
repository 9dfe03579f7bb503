package io.quarkiverse.imsession.it.demo;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresDemoTourIT extends PostgresDemoTourTest {
}
