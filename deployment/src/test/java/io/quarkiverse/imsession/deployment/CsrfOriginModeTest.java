package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.response.Response;

/** Only the origin is asked for, as by default. */
class CsrfOriginModeTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, CsrfForms.class, ClockedStore.class, RefusedText.class);

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

        Client.request(session).header("Sec-Fetch-Site", "same-site").header("X-CSRF-Token", token).post("/change").then()
                .statusCode(403).body(equalTo(RefusedText.ORIGIN));
    }

    @Test
    void webSocketHandshakeIsAsked() {
        String session = Client.login("name", "anna");

        Client.request(session).header("Upgrade", "WebSocket").header("Origin", "https://evil.example").get("/change").then()
                .statusCode(403).body(equalTo(RefusedText.ORIGIN));
        Client.request(session).header("Upgrade", "h2c, websocket").header("Sec-Fetch-Site", "cross-site").get("/change").then()
                .statusCode(403);
        Client.request(session).header("Upgrade", "websocket").get("/change").then().statusCode(200);
        Client.request(null).header("Upgrade", "websocket").header("Origin", "https://evil.example").get("/change").then()
                .statusCode(403);
    }

    @Test
    void refusalRenewsNothingThoughItIsDue() {
        String session = Client.login("name", "anna");
        store.advance(Duration.ofHours(20));

        Response refused = Client.request(session).header("Sec-Fetch-Site", "cross-site").post("/change");

        refused.then().statusCode(403);
        assertThat(refused.header("Set-Cookie")).isNull();
        Response read = Client.get("/read", session);
        read.then().body(equalTo("{name=anna}"));
        assertThat(Client.token(read)).isNotEqualTo(session);
    }
}
