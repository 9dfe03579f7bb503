package io.quarkiverse.imsession.it.transactions;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class LateChangesIT extends LateChangesTest {
}
