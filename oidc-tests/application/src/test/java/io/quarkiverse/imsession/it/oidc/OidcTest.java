package io.quarkiverse.imsession.it.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.TestProvider;
import io.quarkiverse.imsession.test.Visitor;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

/** Log-ins by OIDC that live in the session, in an application as the guide of Quarkus has it. */
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class OidcTest {

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
        Visitor visitor = visitor();
        visitor.visit("/orders");
        Visitor stolen = visitor.at(base());
        assertThat(visitor.get("/logout").statusCode()).isEqualTo(302);
        assertThat(stolen.get("/").body()).isEqualTo("nobody");
    }

    @Test
    void userLogsOutHereAndStaysLoggedInAtTheProvider() {
        Visitor visitor = visitor();
        visitor.visit("/orders");
        Visitor stolen = visitor.at(base());
        assertThat(visitor.post("/local-logout", "").body()).isEqualTo("Bye");
        assertThat(stolen.get("/").body()).isEqualTo("nobody");
    }

    @Test
    void userWhoseLogInIsOldIsAskedForThePasswordAgain() {
        TestProvider.tell(provider, "authTime", Instant.now().getEpochSecond() - 3600);
        Visitor visitor = visitor();
        assertThat(visitor.visit("/orders").body()).isEqualTo("Orders of ada");
        String asked = visitor.get("/payment").headers().firstValue("Location").orElseThrow();
        assertThat(asked).contains("prompt=login", "max_age=30");
        assertThat(visitor.visit(asked).body()).isEqualTo("Paid by ada");
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
