package io.quarkiverse.imsession.it.renewal;

import java.util.Map;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@Tag("further")
@QuarkusTest
@TestProfile(MemoryRenewalTest.Profile.class)
class MemoryRenewalTest extends RenewalContract {

    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return SETTINGS;
        }
    }
}
