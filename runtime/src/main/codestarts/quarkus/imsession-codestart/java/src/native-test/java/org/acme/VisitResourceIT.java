package org.acme;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class VisitResourceIT extends VisitResourceTest {
    // Runs the same tests against the packaged application, which keeps its sessions as in production.
}
