package io.quarkiverse.imsession.it.flash;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RedisFlashIT extends RedisFlashTest {
}
