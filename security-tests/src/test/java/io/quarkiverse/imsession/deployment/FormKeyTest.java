package io.quarkiverse.imsession.deployment;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("further")
class FormKeyTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.security.quarkus-cookies", "take-over")
            .config("quarkus.http.auth.session.encryption-key", "")
            .failsWith("quarkus.imsession.security.quarkus-cookies is take-over",
                    "quarkus.http.auth.session.encryption-key");

    @Test
    void cookiesThatNoInstanceCanReadAreNotAccepted() {
        Assertions.fail("It has started");
    }
}
