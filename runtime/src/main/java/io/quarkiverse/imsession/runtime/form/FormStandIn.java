package io.quarkiverse.imsession.runtime.form;

import jakarta.inject.Singleton;

import io.quarkiverse.imsession.runtime.login.SessionLogins;
import io.quarkiverse.imsession.runtime.login.StandIn;
import io.quarkus.vertx.http.runtime.FormAuthConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.security.annotation.FormAuthentication;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Takes the place of the mechanism of the form, but for its log-ins. */
@Singleton
public class FormStandIn extends StandIn {

    private final String postLocation;

    FormStandIn(FormBridge bridge, SessionLogins logins, VertxHttpConfig config) {
        super(bridge, logins, FormAuthentication.AUTH_MECHANISM_SCHEME, config.auth().form().cookieName());
        this.postLocation = postLocation(config.auth().form());
    }

    /** The path to which forms are posted, as the mechanism reads it. */
    static String postLocation(FormAuthConfig config) {
        String path = config.postLocation();
        return path.startsWith("/") ? path : "/" + path;
    }

    @Override
    protected boolean isLogIn(RoutingContext context) {
        return context.request().method() == HttpMethod.POST && context.normalizedPath().endsWith(postLocation);
    }
}
