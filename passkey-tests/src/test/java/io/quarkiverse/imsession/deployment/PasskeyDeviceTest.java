package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;
import io.quarkiverse.imsession.test.device.OfferedBinding;
import io.quarkus.test.security.webauthn.WebAuthnHardware;

class PasskeyDeviceTest extends PasskeyContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.device-bound.enabled", "true")
            .config("quarkus.imsession.device-bound.grace", "0S");

    @Test
    void logInByAPasskeyIsBoundToTheDevice() throws Exception {
        WebAuthnHardware hardware = device();
        registered("ada", hardware);
        Visitor ada = visitor();
        assertThat(OfferedBinding.accept(logIn(ada, hardware), ada).statusCode()).isEqualTo(200);
        assertThat(ada.get("/who").body()).startsWith("ada");

        Visitor thief = OfferedBinding.thief(ada, address());
        await().atMost(Duration.ofMinutes(2)).until(() -> thief.get("/who").body(), who -> who.equals("-"));
        assertThat(ada.get("/who").body()).startsWith("ada");
    }
}
