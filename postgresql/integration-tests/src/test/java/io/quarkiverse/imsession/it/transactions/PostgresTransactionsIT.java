package io.quarkiverse.imsession.it.transactions;

import io.quarkus.test.junit.QuarkusIntegrationTest;

@QuarkusIntegrationTest
class PostgresTransactionsIT extends PostgresTransactionsTest {
}
