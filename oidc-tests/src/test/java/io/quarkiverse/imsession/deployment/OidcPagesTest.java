package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.oidc.SecurityEvent;

/** Pages that are files, which only users may read; and what the application is told. */
class OidcPagesTest extends OidcContract {

    @RegisterExtension
    static final TestApp APP = app(Events.class).resource("META-INF/resources/account/page.html", "The page of a user")
            .resource("META-INF/resources/style.css", "body {}")
            .config("quarkus.oidc.token.refresh-expired", "true")
            .config("quarkus.http.auth.permission.account.paths", "/account/*")
            .config("quarkus.http.auth.permission.account.policy", "authenticated");

    @Test
    void userComesBackToThePageThatThePolicyHasRefused() {
        tell("user", "ada");
        Visitor visitor = visitor();
        assertThat(visitor.get("/account/page.html").statusCode()).isEqualTo(302);
        assertThat(visitor.visit("/account/page.html").body()).isEqualTo("The page of a user");
        assertThat(visitor.get("/account/page.html").statusCode()).isEqualTo(200);
        assertThat(visitor.get("/style.css").statusCode()).isEqualTo(200);
        assertThat(visitor.get("/user").body()).startsWith("ada ada");
    }

    @Test
    void applicationIsToldOfLogInsAndRefreshes() {
        Events.logIns.set(0);
        Events.refreshes.set(0);
        tell("idLifetime", 3);
        tell("user", "ada");
        Visitor visitor = visitor();
        Awaitility.await().until(() -> visitor.visit("/user").statusCode() == 200);
        assertThat(Events.logIns).hasPositiveValue();
        Awaitility.await().until(() -> visitor.get("/user").statusCode() == 200 && Events.refreshes.get() > 0);
        assertThat(Events.refreshes.get()).isLessThanOrEqualTo(count("refresh"));
    }

    @Singleton
    public static class Events {

        static final AtomicInteger logIns = new AtomicInteger();
        static final AtomicInteger refreshes = new AtomicInteger();

        void happened(@Observes SecurityEvent event) {
            switch (event.getEventType()) {
                case OIDC_LOGIN -> logIns.incrementAndGet();
                case OIDC_SESSION_REFRESHED -> refreshes.incrementAndGet();
                default -> {
                }
            }
        }
    }
}
