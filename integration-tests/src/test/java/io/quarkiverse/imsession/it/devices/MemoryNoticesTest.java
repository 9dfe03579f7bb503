package io.quarkiverse.imsession.it.devices;

import java.util.Map;

import org.junit.jupiter.api.Tag;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

/** Of the packaged applications, that with sessions in memory is built with notices. */
@Tag("packaged")
@QuarkusTest
@TestProfile(MemoryNoticesTest.NoticesProfile.class)
class MemoryNoticesTest extends NoticeContract {

    @Override
    void assertNothingIsLeft() {
        // The memory of the application cannot be looked into from here.
    }

    public static final class NoticesProfile implements QuarkusTestProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.imsession.notices.enabled", "true");
        }
    }
}
