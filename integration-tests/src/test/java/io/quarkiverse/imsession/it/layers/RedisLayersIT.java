package io.quarkiverse.imsession.it.layers;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RedisLayersIT extends RedisLayersTest {
}
