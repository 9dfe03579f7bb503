package io.quarkiverse.imsession.it.input;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.PostgresProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresHostileInputTest.HostileProfile.class)
class PostgresHostileInputTest extends HostileInputContract {

    @Test
    void everyRequestIsAnswered() throws Exception {
        sendRequests(5, null);
    }

    public static final class HostileProfile extends PostgresProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return config(super.getConfigOverrides());
        }
    }
}
