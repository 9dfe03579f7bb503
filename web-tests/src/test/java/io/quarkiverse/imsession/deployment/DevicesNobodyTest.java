package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DevicesNobodyTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of().config("quarkus.imsession.security.enabled", "true")
            .config("quarkus.imsession.devices.path", "/account/devices").config("quarkus.imsession.security.enabled", "false")
            .failsWith("quarkus.imsession.devices.path is set, but users cannot log in to sessions",
                    "set quarkus.imsession.security.enabled=true");

    @Test
    void pageWithoutUsersFailsTheBuild() {
        fail("The application started");
    }
}
