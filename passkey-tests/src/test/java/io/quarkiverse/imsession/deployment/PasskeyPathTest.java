package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;

/** Paths that ask for passkeys alone or for the session alone, with few paths that have sessions, and with CSRF tokens. */
class PasskeyPathTest extends PasskeyContract {

    @RegisterExtension
    static final TestApp APP = app()
            .config("quarkus.imsession.include-paths", "/who,/get,/set,/login,/by-policy/*")
            .config("quarkus.imsession.csrf.mode", "token")
            .config("quarkus.imsession.passkeys.return-parameter", "")
            .config("quarkus.http.auth.permission.passkeys.paths", "/by-policy/passkeys")
            .config("quarkus.http.auth.permission.passkeys.policy", "authenticated")
            .config("quarkus.http.auth.permission.passkeys.auth-mechanism", "webauthn")
            .config("quarkus.http.auth.permission.session.paths", "/by-policy/session")
            .config("quarkus.http.auth.permission.session.policy", "authenticated")
            .config("quarkus.http.auth.permission.session.auth-mechanism", "session");

    @Test
    void pathThatAsksForPasskeysOrTheSessionKnowsTheirUsersAndSendsOthersToTheLogIn() {
        for (String path : new String[] { "/by-policy/passkeys", "/by-policy/session" }) {
            HttpResponse<String> sent = visitor().get(path);
            assertThat(sent.statusCode()).isEqualTo(302);
            assertThat(sent.headers().firstValue("Location").orElseThrow()).endsWith("/login.html");
            assertThat(registered("ada", device()).get(path).body()).isEqualTo("ada");
        }
    }

    @Test
    void logInByTheApplicationItselfIsNoneOfPasskeys() {
        Visitor visitor = visitor();
        visitor.get("/login?user=ada");
        assertThat(visitor.get("/by-policy/session").body()).isEqualTo("ada");
        assertThat(visitor.get("/by-policy/passkeys").statusCode()).isEqualTo(302);
    }

    @Test
    void scriptOfQuarkusNeedsNoTokenAlthoughThereIsASession() {
        Visitor visitor = visitor();
        visitor.get("/set?field=cart&value=tea");
        assertThat(register(visitor, "ada", device()).statusCode()).isEqualTo(204);
        assertThat(visitor.get("/get?field=cart").body()).isEqualTo("tea");
        assertThat(visitor.get("/who").body()).isEqualTo("ada[admin]");
    }

    @Test
    void pageOfAnotherSiteCanNeitherLogInNorOut() {
        Visitor ada = registered("ada", device());
        assertThat(ada.getFrom("cross-site", "/q/webauthn/logout").statusCode()).isEqualTo(403);
        assertThat(ada.getFrom("cross-site", "/q/webauthn/login-options-challenge").statusCode()).isEqualTo(403);
        assertThat(ada.get("/who").body()).isEqualTo("ada[admin]");
    }
}
