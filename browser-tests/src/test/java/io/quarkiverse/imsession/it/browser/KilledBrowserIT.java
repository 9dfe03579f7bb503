package io.quarkiverse.imsession.it.browser;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class KilledBrowserIT extends KilledBrowserTest {
}
