package io.quarkiverse.imsession.runtime.passkeys;

import java.util.List;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.runtime.login.Bridge;
import io.quarkiverse.imsession.runtime.login.SessionLogins;
import io.quarkiverse.imsession.runtime.login.StandIn;
import io.quarkus.arc.All;
import io.quarkus.security.webauthn.WebAuthn;
import io.quarkus.security.webauthn.WebAuthnRunTimeConfig;

/** Takes the place of the mechanism of passkeys. */
@Singleton
public class PasskeyStandIn extends StandIn {

    PasskeyStandIn(PasskeyBridge bridge, @All List<Bridge> all, SessionLogins logins, WebAuthnRunTimeConfig config) {
        super(bridge, all, logins, WebAuthn.AUTH_MECHANISM_SCHEME, config.cookieName());
    }
}
