package io.quarkiverse.imsession.it.device;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(MemoryBindingTest.Profile.class)
class MemoryBindingTest extends BindingContract {

    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return SETTINGS;
        }
    }
}
