package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

class FormFreshTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app(ClockedStore.class);

    @Inject
    ClockedStore store;

    @Test
    void userOfTheFormIsSentThereAgainAndComesBackToThePage() {
        Visitor ada = ada();
        ada.get("/set?field=cart&value=tea");
        assertThat(ada.get("/form/fresh").body()).isEqualTo("ada");
        store.advance(Duration.ofMinutes(6));
        assertSendsToForm(ada.get("/form/fresh?a=b"));
        assertThat(ada.get("/who").body()).startsWith("ada");

        HttpResponse<String> back = logIn(ada, "ada", "lovelace");
        assertThat(back.headers().firstValue("Location").orElseThrow()).endsWith("/form/fresh?a=b");
        assertThat(ada.visit("/form/fresh?a=b").body()).isEqualTo("ada");
        assertThat(ada.get("/get?field=cart").body()).isEqualTo("tea");
    }

    @Test
    void otherUserWhoLogsInInsteadFindsNothingOfTheFirst() {
        Visitor visitor = ada();
        visitor.get("/set?field=cart&value=tea");
        store.advance(Duration.ofMinutes(6));
        assertSendsToForm(visitor.get("/form/fresh"));
        logIn(visitor, "bob", "bobby");
        assertThat(visitor.get("/form/fresh").body()).isEqualTo("bob");
        assertThat(visitor.get("/get?field=cart").body()).isEqualTo("-");
    }

    @Test
    void wrongPasswordMakesNoLogInFresh() {
        Visitor ada = ada();
        store.advance(Duration.ofMinutes(6));
        assertThat(logIn(ada, "ada", "wrong").statusCode()).isEqualTo(302);
        assertSendsToForm(ada.get("/form/fresh"));
    }

    @Test
    void requestThatCannotBeRepeatedByABrowserIsRefused() {
        Visitor ada = ada();
        store.advance(Duration.ofMinutes(6));
        HttpResponse<String> response = ada.post("/form/fresh", "");
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("insufficient_user_authentication");
    }

    @Test
    void visitorIsSentToTheForm() {
        assertSendsToForm(visitor().get("/form/fresh"));
    }
}
