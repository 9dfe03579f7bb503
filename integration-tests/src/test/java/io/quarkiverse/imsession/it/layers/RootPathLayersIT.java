package io.quarkiverse.imsession.it.layers;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("root-path")
@Tag("full")
@QuarkusIntegrationTest
class RootPathLayersIT extends RootPathLayersTest {
}
