package io.quarkiverse.imsession.it.csrf;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class FormChunksIT extends FormChunksTest {
}
