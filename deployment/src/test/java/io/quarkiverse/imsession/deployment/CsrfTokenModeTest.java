package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Only the token is asked for, in a header and a field of one's own. */
class CsrfTokenModeTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, CsrfForms.class, RefusedText.class)
            .config("quarkus.imsession.csrf.mode", "token")
            .config("quarkus.imsession.csrf.header", "X-My-Csrf")
            .config("quarkus.imsession.csrf.field", "_my.csrf");

    @Test
    void tokenIsEnough() {
        String session = Client.login("name", "anna");
        String token = token(session);

        Client.request(session).header("x-my-csrf", token).post("/change").then().statusCode(200);
        Client.request(session).formParam("_my.csrf", token).post("/change").then().statusCode(200);
        Client.request(session).header("Sec-Fetch-Site", "cross-site").header("X-My-Csrf", token).post("/change").then()
                .statusCode(200);
    }

    @Test
    void emptyHeaderIsNone() {
        String session = Client.login("name", "anna");

        Client.request(session).header("X-My-Csrf", "").formParam("_my.csrf", token(session)).post("/change").then()
                .statusCode(200);
        Client.request(session).header("X-My-Csrf", "").post("/change").then().statusCode(403);
    }

    @Test
    void originDoesNotReplaceItNorDoOtherNames() {
        String session = Client.login("name", "anna");

        Client.request(session).header("Sec-Fetch-Site", "same-origin").post("/change").then().statusCode(403)
                .body(equalTo(RefusedText.TOKEN));
        Client.request(session).header("X-CSRF-Token", token(session)).post("/change").then().statusCode(403);
        Client.request(session).formParam("csrf-token", token(session)).post("/change").then().statusCode(403);
    }

    @Test
    void withoutASessionTheOriginIsAskedFor() {
        Client.request(null).header("Sec-Fetch-Site", "cross-site").post("/login").then().statusCode(403)
                .body(equalTo(RefusedText.ORIGIN));
        Client.request(null).header("Origin", "https://evil.example").post("/login").then().statusCode(403)
                .body(equalTo(RefusedText.ORIGIN));
        Client.request(null).header("Sec-Fetch-Site", "same-origin").post("/login").then().statusCode(200);
        Client.request(null).post("/login").then().statusCode(200);
    }

    @Test
    void requestWithASessionThatNoBrowserMarksIsAskedForTheTokenToo() {
        Client.request(Client.login("name", "anna")).post("/change").then().statusCode(403).body(equalTo(RefusedText.TOKEN));
    }

    @Test
    void webSocketHandshakeIsNotAsked() {
        Client.request(Client.login("name", "anna")).header("Upgrade", "websocket").header("Origin", "https://evil.example")
                .get("/change").then().statusCode(200);
    }

    private static String token(String session) {
        String token = Client.get("/csrf/token", session).body().asString();
        assertThat(token).hasSize(86);
        return token;
    }
}
