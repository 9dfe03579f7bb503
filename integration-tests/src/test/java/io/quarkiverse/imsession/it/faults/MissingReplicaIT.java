package io.quarkiverse.imsession.it.faults;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class MissingReplicaIT extends MissingReplicaTest {
}
