package io.quarkiverse.imsession.it.flash;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class PostgresFlashIT extends PostgresFlashTest {
}
