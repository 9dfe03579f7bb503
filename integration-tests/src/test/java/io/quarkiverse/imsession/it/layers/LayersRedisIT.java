package io.quarkiverse.imsession.it.layers;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class LayersRedisIT extends LayersRedisTest {
}
