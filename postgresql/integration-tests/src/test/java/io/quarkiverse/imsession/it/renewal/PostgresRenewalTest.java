package io.quarkiverse.imsession.it.renewal;

import java.util.Map;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.PostgresProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("full")
@QuarkusTest
@TestProfile(PostgresRenewalTest.Profile.class)
class PostgresRenewalTest extends RenewalContract {

    public static final class Profile extends PostgresProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return SETTINGS;
        }
    }
}
