package io.quarkiverse.imsession.it.renewal;

import java.util.Map;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(RedisRenewalTest.Profile.class)
class RedisRenewalTest extends RenewalContract {

    public static final class Profile extends RedisProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return with(SETTINGS);
        }
    }
}
