package io.quarkiverse.imsession.it.renewal;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(MemoryRenewalTest.MemoryProfile.class)
class MemoryRenewalTest extends RenewalContract {

    public static final class MemoryProfile extends Profile {

        @Override
        String store() {
            return "memory";
        }
    }
}
