package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FormWithoutSessionTest {

    @RegisterExtension
    static final TestApp APP = FormContract.app().config("quarkus.imsession.include-paths", "/account/*")
            .failsWith("quarkus.http.auth.form.post-location is /j_security_check", "quarkus.imsession.include-paths");

    @Test
    void applicationInWhichNobodyCouldLogInDoesNotStart() {
        Assertions.fail("It has started");
    }
}
