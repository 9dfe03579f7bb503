package io.quarkiverse.imsession.it.input;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class MemoryBadTokensTest extends BadTokensContract {

    @Override
    void assertStoreCommands(int most, ThrowingRunnable request) throws Exception {
        // Nothing counts the calls of the memory store; the request must hold what it promises all the same.
        request.run();
    }
}
