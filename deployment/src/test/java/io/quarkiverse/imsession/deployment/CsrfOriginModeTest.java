package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.response.Response;

/** Only the origin is asked for. */
class CsrfOriginModeTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, CsrfForms.class, ClockedStore.class, ClockedStore.SettableClock.class)
            .config("quarkus.imsession.csrf.enabled", "true")
            .config("quarkus.imsession.csrf.mode", "origin");

    @Inject
    ClockedStore store;

    @Test
    void originIsEnough() {
        String session = Client.login("name", "anna");

        Client.request(session).header("Sec-Fetch-Site", "same-origin").post("/change").then().statusCode(200);
        Client.request(session).header("Sec-Fetch-Site", "same-origin").formParam("csrf-token", "x").post("/change").then()
                .statusCode(200);
    }

    @Test
    void tokenDoesNotReplaceIt() {
        String session = Client.login("name", "anna");
        String token = Client.get("/csrf/token", session).body().asString();

        Client.request(session).header("X-CSRF-Token", token).post("/change").then().statusCode(403).body(equalTo("origin"));
        Client.request(session).header("Sec-Fetch-Site", "same-site").header("X-CSRF-Token", token).post("/change").then()
                .statusCode(403).body(equalTo("origin"));
    }

    @Test
    void webSocketHandshakeIsAsked() {
        String session = Client.login("name", "anna");

        Client.request(session).header("Upgrade", "WebSocket").header("Origin", "https://evil.example").get("/change").then()
                .statusCode(403).body(equalTo("origin"));
        Client.request(session).header("Upgrade", "h2c, websocket").get("/change").then().statusCode(403);
        Client.request(null).header("Upgrade", "websocket").header("Origin", "https://evil.example").get("/change").then()
                .statusCode(200);
    }

    @Test
    void timedRenewalThatIsDueHappensWithTheRefusal() {
        String session = Client.login("name", "anna");
        store.advance(Duration.ofHours(20));

        Response refused = Client.request(session).post("/change");

        refused.then().statusCode(403);
        assertThat(Client.token(refused)).isNotEqualTo(session);
        Client.get("/read", Client.token(refused)).then().body(equalTo("{name=anna}"));
    }
}
