package io.quarkiverse.imsession.it.input;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class MemoryPlantedCookiesTest extends PlantedCookiesContract {

    @Override
    void assertStoreCommands(int most, BadTokensContract.ThrowingRunnable request) throws Exception {
        // Nothing counts the calls of the memory store; the request must hold what it promises all the same.
        request.run();
    }
}
