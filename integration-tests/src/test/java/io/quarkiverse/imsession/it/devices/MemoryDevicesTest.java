package io.quarkiverse.imsession.it.devices;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class MemoryDevicesTest extends EndingContract {

    @Override
    void assertNothingIsLeft() {
        // The memory of the application cannot be looked into from here.
    }
}
