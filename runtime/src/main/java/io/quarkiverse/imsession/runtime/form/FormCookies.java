package io.quarkiverse.imsession.runtime.form;

import java.time.Duration;
import java.util.Objects;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.http.MechanismCookies;
import io.quarkiverse.imsession.runtime.login.IdentityKeeper;
import io.quarkiverse.imsession.runtime.session.Login;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.FormAuthConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.vertx.ext.web.RoutingContext;

/** The cookie of the form. The browser has none: a log-in by the form is one of the session. */
@Singleton
public class FormCookies implements MechanismCookies {

    private final String name;
    private final String leftover;
    private final @Nullable String rememberParameter;
    private final Duration remembered;

    FormCookies(VertxHttpConfig http, ImSessionConfig config) {
        FormAuthConfig form = http.auth().form();
        this.name = form.cookieName();
        this.leftover = "; Path=" + form.cookiePath().orElse("/")
                + form.cookieDomain().map(domain -> "; Domain=" + domain).orElse("");
        this.rememberParameter = config.form().rememberParameter().orElse(null);
        this.remembered = config.form().remembered();
    }

    @Override
    public boolean owns(String name) {
        return name.equals(this.name);
    }

    @Override
    public void set(RoutingContext context, RequestSession session, String name, String value) {
        if (!isLogIn(context)) {
            return;
        }
        SecurityIdentity identity = Objects.requireNonNull(IdentityKeeper.of(context), "identity");
        session.login(Login.of(identity.getPrincipal().getName(), identity.getRoles(), FormBridge.BY));
        if (rememberParameter != null && context.request().formAttributes().contains(rememberParameter)) {
            session.touch(remembered);
        }
    }

    /** Passkeys may have a cookie of the same name. */
    private static boolean isLogIn(RoutingContext context) {
        return context.get(HttpAuthenticationMechanism.class.getName()) instanceof FormAuthenticationMechanism;
    }

    @Override
    public void removed(RoutingContext context, RequestSession session, String name) {
        session.destroy();
    }

    @Override
    public String leftover(String name) {
        return leftover;
    }
}
