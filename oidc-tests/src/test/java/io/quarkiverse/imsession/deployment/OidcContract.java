package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;

import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;

/** An application as Quarkus' guide to the authorization code flow makes it, with sessions. */
abstract class OidcContract {

    static TestApp app(Class<?>... classes) {
        return TestApp.of(OidcResource.class, OidcContract.class, TestProvider.class, Visitor.class).with(classes).provider()
                .config("quarkus.oidc.application-type", "web-app")
                .config("quarkus.oidc.logout.path", "/logout")
                .config("quarkus.oidc.logout.post-logout-path", "/bye")
                .config("quarkus.oidc.logout.backchannel.path", "/back-channel-logout")
                .config("quarkus.oidc.logout.frontchannel.path", "/front-channel-logout")
                .config("quarkus.http.auth.permission.session.paths", "/by-session")
                .config("quarkus.http.auth.permission.session.policy", "authenticated")
                .config("quarkus.http.auth.permission.session.auth-mechanism", "session")
                .config("quarkus.imsession.security.enabled", "true");
    }

    @BeforeEach
    void reset() {
        tell("reset", 1);
    }

    static String provider() {
        return ConfigProvider.getConfig().getValue("quarkus.oidc.auth-server-url", String.class);
    }

    static void tell(String name, Object value) {
        TestProvider.tell(provider(), name, value);
    }

    static int count(String name) {
        return TestProvider.count(provider(), name);
    }

    static String address() {
        return "http://localhost:" + ConfigProvider.getConfig().getValue("quarkus.http.test-port", String.class);
    }

    static Visitor visitor() {
        return new Visitor(address());
    }

    /** A visitor who has logged in. */
    static Visitor loggedIn(String user) {
        tell("user", user);
        Visitor visitor = visitor();
        assertThat(visitor.visit("/user").body()).isEqualTo(user + ' ' + user + " [user]");
        return visitor;
    }
}
