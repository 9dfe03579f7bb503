package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.test.security.webauthn.WebAuthnHardware;

/** Cookies that passkeys have set before there were sessions become sessions. */
class PasskeyTakeOverTest extends PasskeyContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.imsession.security.quarkus-cookies", "take-over");

    @Test
    void cookieBecomesASessionAndIsTakenAway() {
        registered("ada", device());
        Visitor ada = withOldCookie("ada");
        Visitor thief = ada.at(address());
        assertThat(ada.get("/user").body()).isEqualTo("ada");
        assertThat(ada.cookies()).containsOnlyKeys("connsid");
        assertThat(ada.get("/user").body()).isEqualTo("ada");
        ada.get("/q/webauthn/logout");
        assertSendsToLogIn(thief.get("/user"), "%2Fuser");
        assertThat(thief.cookies()).isEmpty();
    }

    @Test
    void damagedCookieIsANewLogIn() {
        WebAuthnHardware device = device();
        registered("bob", device);
        Visitor bob = visitor();
        bob.cookies().put(PASSKEY_COOKIE, oldCookie("bob").substring(4));
        assertSendsToLogIn(bob.get("/user"), "%2Fuser");
        assertThat(bob.cookies()).isEmpty();
        assertThat(logIn(bob, device).statusCode()).isEqualTo(204);
        assertThat(bob.get("/user").body()).isEqualTo("bob");
    }
}
