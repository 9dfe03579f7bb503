package io.quarkiverse.imsession.it.layers;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class RedisLayersIT extends RedisLayersTest {
}
