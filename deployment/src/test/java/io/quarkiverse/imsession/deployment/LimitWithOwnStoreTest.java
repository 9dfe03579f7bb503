package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LimitWithOwnStoreTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, RecordingStore.class, RecordingStore.Mode.class)
            .config("quarkus.imsession.references.\"user_id\".max-sessions", "3")
            .failsWith("quarkus.imsession.references.\"user_id\".max-sessions is set",
                    "the application has a SessionStore of its own", "remove it and let that store limit sessions");

    @Test
    void theStartFailsAsNobodyWouldKeepTheLimit() {
        fail("The application started");
    }
}
