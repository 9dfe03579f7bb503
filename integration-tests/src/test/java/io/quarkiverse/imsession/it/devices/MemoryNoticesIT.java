package io.quarkiverse.imsession.it.devices;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("memory")
@QuarkusIntegrationTest
class MemoryNoticesIT extends MemoryNoticesTest {
}
