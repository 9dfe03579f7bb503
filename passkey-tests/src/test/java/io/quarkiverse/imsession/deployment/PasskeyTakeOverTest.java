package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.SecurityIdentityAugmentor;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.test.security.webauthn.WebAuthnHardware;
import io.smallrye.mutiny.Uni;

/** Cookies that passkeys have set before there were sessions become sessions. */
@Tag("further")
class PasskeyTakeOverTest extends PasskeyContract {

    @RegisterExtension
    static final TestApp APP = app(Renamed.class).config("quarkus.imsession.security.quarkus-cookies", "take-over");

    @Inject
    ImSessions sessions;

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
    void logInIsThatOfTheUserInTheCookie() {
        registered("carl", device());
        Visitor carl = withOldCookie("carl");
        assertThat(carl.get("/user").body()).isEqualTo("Sir carl");
        assertThat(sessions.count(ImSession.PRINCIPAL, "carl")).isEqualTo(2);
        assertThat(sessions.count(ImSession.PRINCIPAL, "Sir carl")).isZero();
    }

    /** Changes the name of a user. */
    @Singleton
    public static class Renamed implements SecurityIdentityAugmentor {

        @Override
        public Uni<SecurityIdentity> augment(SecurityIdentity identity, AuthenticationRequestContext context) {
            return Uni.createFrom().item(!identity.getPrincipal().getName().equals("carl") ? identity
                    : QuarkusSecurityIdentity.builder(identity).setPrincipal(new QuarkusPrincipal("Sir carl")).build());
        }
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
