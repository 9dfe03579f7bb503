package io.quarkiverse.imsession.it.devices;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("memory")
@Tag("further")
@QuarkusIntegrationTest
class MemoryNoticesIT extends MemoryNoticesTest {
}
