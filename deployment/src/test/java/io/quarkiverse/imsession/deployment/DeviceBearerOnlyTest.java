package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DeviceBearerOnlyTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class).config("quarkus.imsession.resolvers", "bearer")
            .config("quarkus.imsession.device-bound.enabled", "true")
            .failsWith("quarkus.imsession.device-bound.enabled", "resolvers");

    @Test
    void theStartFailsAsOnlyBrowsersBindSessions() {
        fail("The application has started");
    }
}
