package io.quarkiverse.imsession.runtime.form;

import java.time.Duration;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.runtime.login.Bridge;
import io.quarkus.vertx.http.runtime.FormAuthConfig;
import io.quarkus.vertx.http.runtime.VertxHttpConfig;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/** Keeps log-ins by the form in the session. */
@Singleton
public class FormBridge implements Bridge {

    static final String BY = "form";
    /** {@link FormAuthenticationMechanism#logout} reads these. */
    private static final String COOKIE_NAME = "io.quarkus.vertx.http.runtime.security.form.cookie-name";
    private static final String COOKIE_PATH = "io.quarkus.vertx.http.runtime.security.form.cookie-path";

    private final Instance<FormAuthenticationMechanism> mechanisms;
    private final FormAuthConfig config;
    private final String postLocation;

    /** @param mechanisms may not be there yet when this is made */
    FormBridge(@Any Instance<FormAuthenticationMechanism> mechanisms, VertxHttpConfig config) {
        this.mechanisms = mechanisms;
        this.config = config.auth().form();
        this.postLocation = postLocation(this.config);
    }

    /** The path to which forms are posted, as the mechanism reads it. */
    static String postLocation(FormAuthConfig config) {
        String path = config.postLocation();
        return path.startsWith("/") ? path : "/" + path;
    }

    @Override
    public boolean isOf(HttpAuthenticationMechanism mechanism) {
        return mechanism instanceof FormAuthenticationMechanism;
    }

    @Override
    public boolean is(String by) {
        return by.equals(BY);
    }

    @Override
    public boolean isLogIn(RoutingContext context) {
        return context.request().method() == HttpMethod.POST && context.normalizedPath().endsWith(postLocation);
    }

    @Override
    public void authenticated(RoutingContext context) {
        context.put(COOKIE_NAME, config.cookieName());
        context.put(COOKIE_PATH, config.cookiePath().orElse("/"));
    }

    @Override
    public Uni<ChallengeData> challenge(RoutingContext context) {
        return mechanisms.iterator().next().getChallenge(context);
    }

    /** A browser that is sent to the form comes back with a GET. */
    @Override
    public Uni<ChallengeData> freshChallenge(RoutingContext context, Duration within) {
        return context.request().method() == HttpMethod.GET && config.loginPage().isPresent() ? challenge(context)
                : Uni.createFrom().nullItem();
    }

    @Override
    public int priority() {
        return config.priority();
    }
}
