package io.quarkiverse.imsession.it.journal;

import java.util.Map;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.it.PostgresProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresJournalTest.Profile.class)
class PostgresJournalTest extends JournalContract {

    public static final class Profile extends PostgresProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return SETTINGS;
        }
    }
}
