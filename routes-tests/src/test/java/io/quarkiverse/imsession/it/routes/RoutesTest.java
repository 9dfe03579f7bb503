package io.quarkiverse.imsession.it.routes;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

/** An application needs no other extension than this one. */
@QuarkusTest
class RoutesTest {

    private static final String COOKIE = "connsid";

    @Test
    void routesKeepASessionUntilItIsDestroyed() {
        String session = given().post("/visits").then().statusCode(200).extract().cookie(COOKIE);
        assertThat(given().cookie(COOKIE, session).post("/visits").asString()).isEqualTo("2");
        assertThat(given().cookie(COOKIE, session).get("/visits").asString()).isEqualTo("2");

        given().cookie(COOKIE, session).delete("/visits").then().statusCode(204).cookie(COOKIE, "");
        assertThat(given().cookie(COOKIE, session).get("/visits").asString()).isEqualTo("0");
    }

    @Test
    void requestOfAnotherSiteIsRefused() {
        String session = given().post("/visits").then().statusCode(200).extract().cookie(COOKIE);
        given().cookie(COOKIE, session).header("Sec-Fetch-Site", "cross-site").post("/visits").then().statusCode(403);
        assertThat(given().cookie(COOKIE, session).get("/visits").asString()).isEqualTo("1");
    }
}
