package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.test.security.webauthn.WebAuthnHardware;

class PasskeyFreshTest extends PasskeyContract {

    @RegisterExtension
    static final TestApp APP = app(ClockedStore.class);

    @Inject
    ClockedStore store;

    @Test
    void userIsSentToTheLogInAgainAndIsFreshAfterwards() {
        WebAuthnHardware device = device();
        Visitor ada = registered("ada", device);
        ada.get("/set?field=cart&value=tea");
        assertThat(ada.get("/fresh").body()).isEqualTo("ada");
        store.advance(Duration.ofMinutes(6));
        assertSendsToLogIn(ada.get("/fresh"), "%2Ffresh");
        assertThat(ada.get("/who").body()).isEqualTo("ada[admin]");

        assertThat(logIn(ada, device).statusCode()).isEqualTo(204);
        assertThat(ada.get("/fresh").body()).isEqualTo("ada");
        assertThat(ada.get("/get?field=cart").body()).isEqualTo("tea");
    }

    @Test
    void requestThatCannotBeRepeatedByABrowserIsRefused() {
        Visitor ada = registered("ada", device());
        store.advance(Duration.ofMinutes(6));
        HttpResponse<String> response = ada.post("/fresh", "");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("insufficient_user_authentication");
    }
}
