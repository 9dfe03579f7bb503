package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DevicesExcludedTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of().config("quarkus.imsession.security.enabled", "true")
            .config("quarkus.imsession.devices.path", "/account/devices")
            .config("quarkus.imsession.exclude-paths", "/account/*")
            .failsWith("quarkus.imsession.exclude-paths excludes /account/devices",
                    "leave it out");

    @Test
    void pageWithoutSessionsFailsTheStart() {
        fail("The application started");
    }
}
