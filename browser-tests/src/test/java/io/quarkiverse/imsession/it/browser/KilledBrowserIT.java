package io.quarkiverse.imsession.it.browser;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("full")
@QuarkusIntegrationTest
class KilledBrowserIT extends KilledBrowserTest {
}
