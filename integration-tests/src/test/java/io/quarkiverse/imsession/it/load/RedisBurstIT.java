package io.quarkiverse.imsession.it.load;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RedisBurstIT extends RedisBurstTest {
}
