package io.quarkiverse.imsession.it.input;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("memory")
@Tag("full")
@QuarkusIntegrationTest
class MemoryPlantedCookiesIT extends MemoryPlantedCookiesTest {
}
