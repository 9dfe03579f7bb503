package io.quarkiverse.imsession.runtime.form;

import java.time.Duration;
import java.util.List;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.runtime.login.Bridge;
import io.quarkiverse.imsession.runtime.login.SessionLogins;
import io.quarkiverse.imsession.runtime.login.StandIn;
import io.quarkiverse.imsession.runtime.login.TakeOver;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkus.arc.All;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.FormAuthConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.security.PersistentLoginManager;
import io.quarkus.vertx.http.runtime.security.annotation.FormAuthentication;

/** Takes the place of the mechanism of the form, but for its log-ins. */
@Singleton
public class FormStandIn extends StandIn {

    private final PersistentLoginManager oldLogIns;
    private final Duration oldTimeout;

    FormStandIn(FormBridge bridge, @All List<Bridge> all, SessionLogins logins, TakeOver takeOver, VertxHttpConfig config) {
        super(bridge, all, logins, takeOver, FormAuthentication.AUTH_MECHANISM_SCHEME, config.auth().form().cookieName());
        FormAuthConfig form = config.auth().form();
        oldTimeout = form.timeout();
        // The mechanism does not show its own.
        oldLogIns = new PersistentLoginManager(config.encryptionKey().orElse(null), form.cookieName(), oldTimeout.toMillis(),
                form.newCookieInterval().toMillis(), form.httpOnlyCookie(), form.cookieSameSite().name(), null, -1, null);
    }

    @Override
    protected PersistentLoginManager oldLogIns() {
        return oldLogIns;
    }

    @Override
    protected Duration oldTimeout() {
        return oldTimeout;
    }

    @Override
    protected Login logIn(String user, SecurityIdentity identity) {
        return Login.of(identity.getPrincipal().getName(), identity.getRoles(), FormBridge.BY);
    }
}
