package io.quarkiverse.imsession.it.journal;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@QuarkusTest
@TestProfile(MemoryJournalTest.MemoryProfile.class)
class MemoryJournalTest extends JournalContract {

    public static final class MemoryProfile extends Profile {

        @Override
        String store() {
            return "memory";
        }
    }
}
