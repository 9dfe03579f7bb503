package io.quarkiverse.imsession.it.device;

import java.util.Map;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.PostgresProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresBindingTest.Profile.class)
class PostgresBindingTest extends BindingContract {

    public static final class Profile extends PostgresProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return SETTINGS;
        }
    }
}
