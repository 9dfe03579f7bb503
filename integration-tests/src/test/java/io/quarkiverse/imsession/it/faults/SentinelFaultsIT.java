package io.quarkiverse.imsession.it.faults;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class SentinelFaultsIT extends SentinelFaultsTest {
}
