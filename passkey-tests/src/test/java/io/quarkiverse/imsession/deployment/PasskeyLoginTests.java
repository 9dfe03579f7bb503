package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Set;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.test.security.webauthn.WebAuthnHardware;

abstract class PasskeyLoginTests extends PasskeyContract {

    @Inject
    ImSessions sessions;

    @Inject
    PasskeyUsers users;

    @ParameterizedTest
    @ValueSource(strings = { "/q/webauthn/login", "/own/login" })
    void logInByAPasskeyIsOneOfTheSessionAndNoOtherCookie(String path) {
        WebAuthnHardware device = device();
        registered("ada", device);
        Visitor ada = visitor();
        HttpResponse<String> response = logIn(ada, device, path);
        assertThat(response.statusCode()).isBetween(200, 204);
        assertThat(response.headers().allValues("Set-Cookie")).filteredOn(cookie -> cookie.startsWith("connsid="))
                .singleElement().asString().contains("HttpOnly");
        assertThat(ada.cookies()).containsOnlyKeys("connsid");
        assertThat(ada.get("/who").body()).isEqualTo("ada[admin]");
        assertThat(ada.get("/get?field=principal").body()).isEqualTo("ada");
        assertThat(ada.get("/admin").statusCode()).isEqualTo(200);
        assertThat(ada.get("/user").headers().allValues("Set-Cookie")).isEmpty();
    }

    @Test
    void userWhoRegistersIsLoggedIn() {
        Visitor bob = registered("bob", device());
        assertThat(bob.cookies()).containsOnlyKeys("connsid");
        assertThat(bob.get("/who").body()).isEqualTo("bob[]");
        assertThat(bob.get("/admin").statusCode()).isEqualTo(403);
    }

    @Test
    void rolesAreThoseThatTheUserHasNow() {
        Visitor eve = registered("eve", device());
        assertThat(eve.get("/who").body()).isEqualTo("eve[]");
        users.give("eve", Set.of("admin"));
        assertThat(eve.get("/who").body()).isEqualTo("eve[admin]");
        assertThat(eve.get("/admin").statusCode()).isEqualTo(200);
    }

    @Test
    void scriptsCannotReadTheCookieOfAChallenge() {
        for (String path : new String[] { "login", "register" }) {
            HttpResponse<String> response = visitor().get("/q/webauthn/" + path + "-options-challenge?username=zoe");
            assertThat(response.headers().allValues("Set-Cookie")).singleElement().asString().startsWith(CHALLENGE + "=")
                    .containsIgnoringCase("; HttpOnly");
        }
    }

    @Test
    void answerToAnotherChallengeLogsNobodyIn() {
        WebAuthnHardware device = device();
        registered("ada", device);
        Visitor visitor = visitor();
        visitor.get("/set?field=cart&value=tea");
        String before = visitor.cookies().get("connsid");
        String challenge = challenge(visitor(), "/q/webauthn/login-options-challenge");
        challenge(visitor, "/q/webauthn/login-options-challenge");
        HttpResponse<String> response = visitor.postJson("/q/webauthn/login", device.makeLoginJson(challenge).encode());
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(visitor.cookies().get("connsid")).isEqualTo(before);
        assertThat(visitor.get("/who").body()).isEqualTo("-");
        assertThat(visitor.get("/get?field=cart").body()).isEqualTo("tea");
        assertThat(visitor().postJson("/q/webauthn/login", "{}").statusCode()).isEqualTo(400);
    }

    @Test
    void visitorKeepsTheDataAndGetsANewToken() {
        WebAuthnHardware device = device();
        registered("ada", device);
        Visitor visitor = visitor();
        visitor.get("/set?field=cart&value=tea");
        Visitor thief = visitor.at(address());
        logIn(visitor, device);
        assertThat(visitor.get("/get?field=cart").body()).isEqualTo("tea");
        assertThat(thief.get("/get?field=cart").body()).isEqualTo("-");
    }

    @Test
    void anotherUserFindsNothingOfTheFirst() {
        WebAuthnHardware device = device();
        registered("bob", device);
        Visitor visitor = registered("ada", device());
        visitor.get("/set?field=cart&value=tea");
        Visitor other = visitor.at(address());
        logIn(visitor, device);
        assertThat(visitor.get("/who").body()).isEqualTo("bob[]");
        assertThat(visitor.get("/get?field=cart").body()).isEqualTo("-");
        assertThat(other.get("/who").body()).isEqualTo("-");
    }

    @Test
    void logOutEverywhereEndsLogInsByPasskeys() {
        WebAuthnHardware device = device();
        Visitor one = registered("ivy", device);
        Visitor other = visitor();
        logIn(other, device);
        assertThat(sessions.destroyAll(ImSession.PRINCIPAL, "ivy")).isEqualTo(2);
        assertThat(one.get("/who").body()).isEqualTo("-");
        assertThat(other.get("/who").body()).isEqualTo("-");
    }

    @Test
    void logOutEndsTheSession() {
        Visitor ada = registered("ada", device());
        Visitor thief = ada.at(address());
        HttpResponse<String> response = ada.get("/q/webauthn/logout");
        assertThat(response.statusCode()).isEqualTo(302);
        assertThat(response.headers().firstValue("Location").orElseThrow()).isEqualTo("/");
        assertThat(ada.cookies()).isEmpty();
        assertThat(thief.get("/who").body()).isEqualTo("-");

        ada = registered("ada", device());
        thief = ada.at(address());
        assertThat(ada.post("/own/logout", "").statusCode()).isEqualTo(204);
        assertThat(ada.cookies()).isEmpty();
        assertThat(thief.get("/who").body()).isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(strings = { "/q/webauthn/logout", "/q/webauthn/logout/", "//q/webauthn/logout", "/q//webauthn/logout",
            "/q/webauthn/%6Cogout" })
    void pageOfAnotherSiteLogsNobodyOut(String path) {
        Visitor ada = registered("ada", device());
        ada.getFrom("cross-site", path);
        assertThat(ada.get("/who").body()).isEqualTo("ada[admin]");
    }

    @Test
    void ownPageLogsOutByALink() {
        Visitor ada = registered("ada", device());
        assertThat(ada.getFrom("same-origin", "/q/webauthn/logout").statusCode()).isEqualTo(302);
        assertThat(ada.get("/who").body()).isEqualTo("-");
    }

    @Test
    void visitorIsSentToTheLogInThatIsToldThePage() {
        assertSendsToLogIn(visitor().get("/user"), "%2Fuser");
        assertSendsToLogIn(visitor().get("/admin?a=b&c=%26"), "%2Fadmin%3Fa%3Db%26c%3D%2526");
    }

    @Test
    void logOutOfTheSessionLogsOut() {
        Visitor ada = registered("ada", device());
        Visitor thief = ada.at(address());
        ada.get("/logout");
        assertSendsToLogIn(thief.get("/user"), "%2Fuser");
    }
}
