package io.quarkiverse.imsession.it.renewal;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("memory")
@Tag("full")
@QuarkusIntegrationTest
class MemoryRenewalIT extends MemoryRenewalTest {
}
