package io.quarkiverse.imsession.it.device;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(MemoryBindingTest.MemoryProfile.class)
class MemoryBindingTest extends BindingContract {

    public static final class MemoryProfile extends Profile {

        @Override
        String store() {
            return "memory";
        }
    }
}
