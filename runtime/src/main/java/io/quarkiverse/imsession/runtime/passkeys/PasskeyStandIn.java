package io.quarkiverse.imsession.runtime.passkeys;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.runtime.login.Bridge;
import io.quarkiverse.imsession.runtime.login.SessionLogins;
import io.quarkiverse.imsession.runtime.login.StandIn;
import io.quarkiverse.imsession.runtime.login.TakeOver;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkus.arc.All;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.webauthn.WebAuthn;
import io.quarkus.security.webauthn.WebAuthnRunTimeConfig;
import io.quarkus.vertx.http.runtime.security.PersistentLoginManager;

/** Takes the place of the mechanism of passkeys. */
@Singleton
public class PasskeyStandIn extends StandIn {

    private final PasskeyBridge bridge;
    private final Duration oldTimeout;

    PasskeyStandIn(PasskeyBridge bridge, @All List<Bridge> all, SessionLogins logins, TakeOver takeOver,
            WebAuthnRunTimeConfig config) {
        super(bridge, all, logins, takeOver, WebAuthn.AUTH_MECHANISM_SCHEME, config.cookieName());
        this.bridge = bridge;
        this.oldTimeout = config.sessionTimeout();
    }

    @Override
    protected PersistentLoginManager oldLogIns() {
        return bridge.mechanism().getLoginManager();
    }

    @Override
    protected Duration oldTimeout() {
        return oldTimeout;
    }

    @Override
    protected Login logIn(String user, SecurityIdentity identity) {
        return Login.of(user, Set.of(), PasskeyBridge.BY);
    }
}
