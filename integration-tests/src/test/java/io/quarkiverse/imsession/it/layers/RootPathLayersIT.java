package io.quarkiverse.imsession.it.layers;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("root-path")
@QuarkusIntegrationTest
class RootPathLayersIT extends RootPathLayersTest {
}
