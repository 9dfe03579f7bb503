package io.quarkiverse.imsession.it.browser;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class DevicesInBrowserIT extends DevicesInBrowserTest {
}
