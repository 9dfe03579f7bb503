package io.quarkiverse.imsession.it.journal;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class RedisClusterJournalIT extends RedisClusterJournalTest {
}
