package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.login.TokenKeys;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.arc.Arc;

/** An application as Quarkus' guide to the authorization code flow makes it, with sessions. */
abstract class OidcContract {

    private static final int REQUESTS = 50;

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

    /** The session of a visitor as it is stored. */
    static StoredSession session(Visitor visitor) {
        return Arc.container().instance(GuardedStore.class).get()
                .load(new SessionId(visitor.cookies().get("connsid").substring(0, 22))).toCompletableFuture().join();
    }

    /** The tokens of a visitor as they are stored if there is no key, so that they can be moved to another session. */
    static String tokensInClear(Visitor visitor) {
        String set = session(visitor).attributes().get("@private:oidc:Default");
        String sealed = set.replaceAll(".*\"body\":\"([^\"]*)\".*", "$1");
        String place = visitor.cookies().get("connsid").substring(0, 22) + " oidc:Default";
        String clear = new TokenKeys(List.of("imsession.oidc " + TestProvider.SECRET)).open(sealed, place);
        return set.replace(sealed, clear.replace("\"", "\\\""));
    }

    /** The statuses of the answers to many requests for a page at once. */
    static List<Integer> parallel(Visitor visitor) {
        List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            responses.add(visitor.getLater("/user"));
        }
        return responses.stream().map(response -> response.join().statusCode()).toList();
    }
}
