package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;
import io.quarkiverse.imsession.test.device.OfferedBinding;

class OidcDeviceTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.device-bound.enabled", "true")
            .config("quarkus.imsession.device-bound.grace", "0S");

    /** The browser sends no cookies with the registration, as another site has caused the log-in. */
    @Test
    void logInByOpenIdConnectIsBoundToTheDevice() throws Exception {
        tell("user", "ada");
        Visitor ada = visitor();
        HttpResponse<String> response = ada.get("/user");
        for (int i = 0; i < 5 && !OfferedBinding.isIn(response); i++) {
            response = ada.get(response.headers().firstValue("Location").orElseThrow());
        }
        assertThat(OfferedBinding.accept(response, ada).statusCode()).isEqualTo(200);
        assertThat(ada.visit("/user").body()).isEqualTo("ada ada [user]");

        Visitor thief = OfferedBinding.thief(ada, address());
        await().atMost(Duration.ofMinutes(2)).until(() -> thief.at(address()).get("/user").statusCode(),
                status -> status == 302);
        assertThat(ada.get("/user").statusCode()).isEqualTo(200);
        assertThat(ada.get("/tokens").body()).startsWith("ada ada");
    }
}
