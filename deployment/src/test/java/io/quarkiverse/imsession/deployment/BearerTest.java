package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.response.Response;

class BearerTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class).config("quarkus.imsession.resolvers", "bearer");

    @Test
    void theTokenGoesInHeadersOnly() {
        Response made = given().get("/set?name=anna");
        String token = made.header("X-Session-Token");

        assertThat(token).matches("[\\w-]{22}\\.[\\w-]{32}");
        assertThat(made.header("Set-Cookie")).isNull();
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        given().header("Authorization", "bearer " + token).get("/read").then().body(equalTo("{name=anna}"));
    }

    @Test
    void aCookieIsIgnored() {
        Client.get("/read", given().get("/set?name=anna").header("X-Session-Token")).then().body(equalTo("no session"));
    }

    @Test
    void afterTheEndTheResponseHeaderIsEmpty() {
        String token = given().get("/set?name=anna").header("X-Session-Token");

        Response ended = given().header("Authorization", "Bearer " + token).get("/destroy");

        assertThat(ended.header("X-Session-Token")).isEmpty();
        given().header("Authorization", "Bearer " + token).get("/read").then().body(equalTo("no session"));
    }

    @Test
    void ofSeveralTokensTheOnlyValidOneCounts() {
        String anna = given().get("/set?name=anna").header("X-Session-Token");
        String bert = given().get("/set?name=bert").header("X-Session-Token");

        both("Bearer x", "Bearer " + anna).then().body(equalTo("{name=anna}")).header("Cache-Control", "no-store");
        both("Bearer " + anna, "Bearer " + anna).then().body(equalTo("{name=anna}")).header("Cache-Control", (String) null);
        both("Bearer " + anna, "Bearer " + bert).then().body(equalTo("no session"));
    }

    private static Response both(String first, String second) {
        return given().header("Authorization", first).header("Authorization", second).get("/read");
    }

    @Test
    void anotherAuthorizationIsNoSession() {
        given().header("Authorization", "Basic YTpi").get("/read").then().statusCode(200).body(equalTo("no session"));
        given().header("Authorization", "Bearer").get("/read").then().statusCode(200).body(equalTo("no session"));
    }
}
