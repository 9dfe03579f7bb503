package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.device.DeviceBrowser;
import io.restassured.RestAssured;

/** Browsers bind their sessions, other clients do not, and no token changes sides. */
class DeviceBearerTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class).config("quarkus.imsession.resolvers", "cookie,bearer")
            .config("quarkus.imsession.device-bound.enabled", "true")
            .config("quarkus.imsession.device-bound.grace", "0S");

    @Test
    void clientWithABearerTokenGetsNoOffer() {
        String token = given().get("/set?name=ada").header("X-Session-Token");
        String renewed = given().header("Authorization", "Bearer " + token).get("/renew").then()
                .header("Secure-Session-Registration", nullValue()).extract().header("X-Session-Token");
        given().header("Authorization", "Bearer " + renewed).get("/read").then().body(equalTo("{name=ada}"));
    }

    @Test
    void tokenOfABoundSessionIsNoBearerToken() {
        DeviceBrowser browser = new DeviceBrowser("http://localhost:" + RestAssured.port);
        browser.get("/set?name=ada");
        browser.get("/renew");
        assertThat(browser.isBound()).isTrue();
        assertThat(browser.get("/read").body()).isEqualTo("{name=ada}");
        await().atMost(Duration.ofMinutes(2)).until(() -> given()
                .header("Authorization", "Bearer " + browser.cookie("connsid")).get("/read").asString(),
                body -> body.equals("no session"));
        assertThat(browser.get("/read").body()).isEqualTo("{name=ada}");
    }
}
