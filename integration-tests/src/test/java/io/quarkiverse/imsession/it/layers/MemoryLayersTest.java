package io.quarkiverse.imsession.it.layers;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class MemoryLayersTest extends LayersContract {
}
