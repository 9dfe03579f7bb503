package io.quarkiverse.imsession.it.observability;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class ObservabilityTest extends ObservabilityContract {
}
