package io.quarkiverse.imsession.it.faults;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class MissingReplicaIT extends MissingReplicaTest {
}
