package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;
import io.quarkiverse.imsession.test.device.OfferedBinding;

class FormDeviceTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.device-bound.enabled", "true")
            .config("quarkus.imsession.device-bound.grace", "0S");

    @Test
    void logInByTheFormIsBoundToTheDevice() throws Exception {
        Visitor ada = visitor();
        HttpResponse<String> logIn = logIn(ada, "ada", "lovelace");
        assertThat(OfferedBinding.accept(logIn, ada).statusCode()).isEqualTo(200);
        assertThat(ada.get("/who").body()).isEqualTo("ada[admin, author]");

        Visitor thief = OfferedBinding.thief(ada, address());
        await().atMost(Duration.ofMinutes(2)).until(() -> thief.get("/who").body(), who -> who.equals("-"));
        assertSendsToForm(thief.get("/user"));
        assertThat(ada.get("/user").body()).isEqualTo("ada");
    }

    @Test
    void failedLogInOffersNothing() {
        assertThat(OfferedBinding.isIn(logIn(visitor(), "ada", "wrong"))).isFalse();
    }
}
