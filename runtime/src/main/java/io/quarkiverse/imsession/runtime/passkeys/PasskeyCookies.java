package io.quarkiverse.imsession.runtime.passkeys;

import java.util.Objects;
import java.util.Set;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.runtime.http.MechanismCookies;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.security.webauthn.WebAuthnRunTimeConfig;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.PersistentLoginManager.RestoreResult;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;

/**
 * The cookies of passkeys. The browser has none of a log-in: that is one of the session. It has that of a challenge, which
 * scripts cannot read.
 */
@Singleton
public class PasskeyCookies implements MechanismCookies {

    private final PasskeyBridge bridge;
    private final String name;
    private final String challenge;
    private final String leftover;

    PasskeyCookies(PasskeyBridge bridge, WebAuthnRunTimeConfig config) {
        this.bridge = bridge;
        this.name = config.cookieName();
        this.challenge = config.challengeCookieName();
        this.leftover = "; Path=" + config.cookiePath().orElse("/");
    }

    @Override
    public boolean owns(String name) {
        return name.equals(this.name);
    }

    /** The cookie says who has logged in, to the mechanism alone. */
    @Override
    public void set(RoutingContext context, RequestSession session, String name, String value) {
        if (isOfForm(context)) {
            return;
        }
        RestoreResult user = Objects.requireNonNull(bridge.mechanism().getLoginManager().restore(context), "user");
        session.login(Login.of(user.getPrincipal(), Set.of(), PasskeyBridge.BY));
    }

    /** The form has a cookie of the same name by default. */
    private static boolean isOfForm(RoutingContext context) {
        return context.get(HttpAuthenticationMechanism.class.getName()) instanceof FormAuthenticationMechanism;
    }

    @Override
    public void removed(RoutingContext context, RequestSession session, String name) {
        session.destroy();
    }

    @Override
    public void adjust(Cookie cookie) {
        if (cookie.getName().equals(challenge)) {
            cookie.setHttpOnly(true);
        }
    }

    @Override
    public String leftover(String name) {
        return leftover;
    }
}
