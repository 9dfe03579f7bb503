package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

class FormRememberTest extends FormContract {

    @RegisterExtension
    static final TestApp APP = app(ClockedStore.class)
            .config("quarkus.imsession.timeout", "2H")
            .config("quarkus.imsession.cookie.persistent", "if-remembered")
            .config("quarkus.imsession.form.remember-parameter", "stay")
            .config("quarkus.imsession.form.remembered", "14D");

    @Inject
    ClockedStore store;

    @Test
    void userWhoAsksForItStaysLoggedInAndOthersGoWithTheBrowser() {
        Visitor ada = visitor();
        HttpResponse<String> remembered = ada.post("/j_security_check", "j_username=ada&j_password=lovelace&stay=on");
        assertThat(cookie(remembered)).contains("Max-Age=1209600");
        Visitor bob = visitor();
        assertThat(cookie(logIn(bob, "bob", "bobby"))).doesNotContain("Max-Age").doesNotContain("Expires");

        store.advance(Duration.ofHours(3));
        assertThat(ada.get("/who").body()).startsWith("ada");
        assertThat(bob.get("/who").body()).isEqualTo("-");
    }

    @Test
    void logInAfterAnotherUserIsNotRememberedForThatUser() {
        Visitor visitor = visitor();
        visitor.post("/j_security_check", "j_username=ada&j_password=lovelace&stay=on");
        assertThat(cookie(logIn(visitor, "bob", "bobby"))).doesNotContain("Max-Age");
    }

    private static String cookie(HttpResponse<String> response) {
        return response.headers().allValues("Set-Cookie").stream().filter(cookie -> cookie.startsWith("connsid=")).findFirst()
                .orElseThrow();
    }
}
