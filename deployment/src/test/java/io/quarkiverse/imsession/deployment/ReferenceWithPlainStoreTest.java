package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReferenceWithPlainStoreTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, RecordingStore.class, RecordingStore.Mode.class)
            .config("quarkus.imsession.references.\"user_id\".indexed", "true")
            .failsWith("quarkus.imsession.references.\"user_id\".indexed is true",
                    "the application has a SessionStore of its own", "let it implement IndexedSessionStore");

    @Test
    void theStartFailsAsNobodyWouldFindItsSessions() {
        fail("The application started");
    }
}
