package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.test.security.webauthn.WebAuthnHardware;

/** Both have a cookie of one name by default. */
@Tag("further")
class PasskeyAndFormTest extends PasskeyContract {

    @RegisterExtension
    static final TestApp APP = app()
            .config("quarkus.http.auth.form.enabled", "true")
            .config("quarkus.webauthn.session-timeout", "1H")
            .config("quarkus.security.users.embedded.enabled", "true")
            .config("quarkus.security.users.embedded.plain-text", "true")
            .config("quarkus.security.users.embedded.users.ada", "lovelace")
            .config("quarkus.security.users.embedded.roles.ada", "author")
            .logs(Level.WARNING, lines -> assertThat(lines).singleElement().asString()
                    .contains("quarkus.webauthn.session-timeout has no effect"));

    @Test
    void userLogsInByEitherAndKeepsTheSession() {
        WebAuthnHardware device = device();
        Visitor ada = registered("ada", device);
        ada.get("/set?field=cart&value=tea");
        assertThat(ada.get("/user").body()).isEqualTo("ada");
        ada.post("/j_security_check", "j_username=ada&j_password=lovelace");
        assertThat(ada.cookies()).containsOnlyKeys("connsid");
        assertThat(ada.get("/who").body()).isEqualTo("ada[author]");
        assertThat(logIn(ada, device).statusCode()).isEqualTo(204);
        assertThat(ada.cookies()).containsOnlyKeys("connsid");
        assertThat(ada.get("/user").body()).isEqualTo("ada");
        assertThat(ada.get("/get?field=cart").body()).isEqualTo("tea");
    }
}
