package io.quarkiverse.imsession.it.transactions;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class MemoryTransactionsTest extends TransactionsContract {
}
