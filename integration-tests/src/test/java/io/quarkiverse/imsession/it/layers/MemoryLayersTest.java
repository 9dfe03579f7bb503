package io.quarkiverse.imsession.it.layers;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusTest;

@Tag("further")
@QuarkusTest
class MemoryLayersTest extends LayersContract {
}
