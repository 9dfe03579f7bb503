package io.quarkiverse.imsession.it.devices;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(MemoryDevicesTest.OwnMemoryProfile.class)
class MemoryDevicesTest extends EndingContract {

    @Override
    void assertNothingIsLeft() {
        // The memory of the application cannot be looked into from here.
    }

    /** An application whose users are those of this test only. */
    public static final class OwnMemoryProfile implements QuarkusTestProfile {
    }
}
