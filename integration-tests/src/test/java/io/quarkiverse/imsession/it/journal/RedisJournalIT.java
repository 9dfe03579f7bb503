package io.quarkiverse.imsession.it.journal;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
class RedisJournalIT extends RedisJournalTest {
}
