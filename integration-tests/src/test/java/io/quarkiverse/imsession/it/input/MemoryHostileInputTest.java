package io.quarkiverse.imsession.it.input;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(MemoryHostileInputTest.Profile.class)
class MemoryHostileInputTest extends HostileInputContract {

    @Test
    void everyRequestIsAnswered() throws Exception {
        sendRequests(5, null);
    }

    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return config(Map.of());
        }
    }
}
