package io.quarkiverse.imsession.it.input;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RedisPlantedCookiesIT extends RedisPlantedCookiesTest {
}
