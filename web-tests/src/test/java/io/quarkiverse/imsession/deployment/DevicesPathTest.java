package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DevicesPathTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of().config("quarkus.imsession.security.enabled", "true")
            .config("quarkus.imsession.devices.path", "/account/devices")
            .config("quarkus.imsession.devices.path", "account/{user}")
            .failsWith("quarkus.imsession.devices.path is 'account/{user}', which is no plain path",
                    "as in /account/devices");

    @Test
    void pathThatIsNotPlainFailsTheBuild() {
        fail("The application started");
    }
}
