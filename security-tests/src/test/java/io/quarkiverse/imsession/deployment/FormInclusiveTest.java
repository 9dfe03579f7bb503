package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FormInclusiveTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.http.auth.inclusive", "true")
            .config("quarkus.http.auth.inclusive-mode", "lax").config("quarkus.http.auth.basic", "true");

    @Test
    void userOfTheFormIsKnownWhereAllMechanismsAreAsked() {
        assertThat(ada().get("/who").body()).isEqualTo("ada[admin, author]");
        assertThat(logIn(visitor(), "ada", "wrong").statusCode()).isEqualTo(302);
    }
}
