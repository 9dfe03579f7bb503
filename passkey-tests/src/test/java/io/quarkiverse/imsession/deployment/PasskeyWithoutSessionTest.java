package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PasskeyWithoutSessionTest {

    @RegisterExtension
    static final TestApp APP = PasskeyContract.app().config("quarkus.imsession.exclude-paths", "/q/*")
            .failsWith("quarkus.imsession.exclude-paths", "excludes /q/webauthn/login");

    @Test
    void applicationInWhichNobodyCouldLogInDoesNotStart() {
        Assertions.fail("It has started");
    }
}
