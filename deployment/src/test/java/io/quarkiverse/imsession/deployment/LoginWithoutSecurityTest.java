package io.quarkiverse.imsession.deployment;

import static org.junit.jupiter.api.Assertions.fail;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoginWithoutSecurityTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class).config("quarkus.imsession.security.enabled", "true")
            .failsWith("quarkus.imsession.security.enabled is true, but the application has no Quarkus Security",
                    "add an extension that brings it, such as io.quarkus:quarkus-security");

    @Test
    void theBuildFailsAndSaysWhatToAdd() {
        fail("The application started");
    }
}
