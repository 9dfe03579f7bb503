package io.quarkiverse.imsession.it.journal;

import java.util.Map;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(MemoryJournalTest.Profile.class)
class MemoryJournalTest extends JournalContract {

    public static final class Profile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return SETTINGS;
        }
    }
}
