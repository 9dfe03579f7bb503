package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("further")
class NoticesPathTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of().config("quarkus.imsession.security.enabled", "true")
            .config("quarkus.imsession.client.record-user-agent", "true")
            .config("quarkus.imsession.devices.path", "/account")
            .config("quarkus.imsession.notices.enabled", "true")
            .failsWith("quarkus.imsession.notices.path is '/account/not-me'", "quarkus.imsession.devices.path '/account'",
                    "such as /account/devices and /account/not-me");

    @Test
    void pageBelowThatOfDevicesFailsTheBuild() {
        fail("The application started");
    }
}
