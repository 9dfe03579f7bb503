package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FormStrictlyInclusiveTest {

    @RegisterExtension
    static final TestApp APP = FormContract.app().config("quarkus.http.auth.inclusive", "true")
            .config("quarkus.http.auth.inclusive-mode", "strict")
            .failsWith("quarkus.http.auth.inclusive-mode is strict", "set it to lax");

    @Test
    void applicationThatCouldAuthenticateNobodyDoesNotStart() {
        Assertions.fail("It has started");
    }
}
