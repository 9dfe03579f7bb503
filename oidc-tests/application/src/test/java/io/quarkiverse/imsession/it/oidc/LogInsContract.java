package io.quarkiverse.imsession.it.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.test.common.http.TestHTTPResource;

/** Log-ins by OIDC that live in the session, in an application as the guide of Quarkus has it. */
abstract class LogInsContract {

    @TestHTTPResource("/")
    URI application;

    String provider;

    @BeforeEach
    void reset() {
        TestProvider.tell(provider, "reset", 1);
    }

    @Test
    void userLogsInAndKeepsTheCart() {
        Visitor visitor = visitor();
        visitor.get("/cart?add=7");
        assertThat(visitor.visit("/orders").body()).isEqualTo("Orders of ada");
        assertThat(visitor.get("/cart").body()).isEqualTo("Cart: 7");
        assertThat(visitor.cookies()).containsOnlyKeys("connsid");
    }

    @Test
    void userLogsOut() {
        for (String path : new String[] { "/logout", "/local-logout" }) {
            Visitor visitor = visitor();
            visitor.visit("/orders");
            Visitor stolen = visitor.at(base());
            visitor.get(path);
            assertThat(stolen.get("/").body()).isEqualTo("nobody");
        }
    }

    @Test
    void providerEndsTheSession() {
        TestProvider.tell(provider, "sid", "s1");
        Visitor visitor = visitor();
        visitor.visit("/orders");
        String token = TestProvider.logoutToken(provider, "sid=%22s1%22");
        HttpResponse<String> answer = visitor().post("/back-channel-logout", "logout_token=" + token);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(visitor.get("/").body()).isEqualTo("nobody");
        assertThat(visitor().post("/back-channel-logout", "logout_token=" + token).statusCode()).isEqualTo(400);
    }

    private Visitor visitor() {
        return new Visitor(base());
    }

    private String base() {
        String uri = application.toString();
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }
}
