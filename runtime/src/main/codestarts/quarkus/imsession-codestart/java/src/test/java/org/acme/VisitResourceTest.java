package org.acme;

import static io.restassured.RestAssured.given;
import static org.hamcrest.CoreMatchers.is;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class VisitResourceTest {

    @Test
    void viewsOfEachVisitorAreCounted() {
        Map<String, String> visitor = firstView();
        view(visitor, "Hello visitor, this is view 2");
        view(visitor, "Hello visitor, this is view 3");
        view(firstView(), "Hello visitor, this is view 2");
    }

    @Test
    void logInKeepsTheSessionWithANewToken() {
        Map<String, String> visitor = firstView();
        Map<String, String> user = given().cookies(visitor).formParam("user", "Ada").post("/visits/login")
                .then().statusCode(200).extract().cookies();

        assertNotEquals(visitor, user);
        view(user, "Hello Ada, this is view 2");
        // The token from before the log-in is invalid, and cannot even make another session.
        given().cookies(visitor).get("/visits").then().statusCode(409);
    }

    @Test
    void logOutEndsTheSession() {
        Map<String, String> visitor = firstView();
        given().cookies(visitor).post("/visits/logout").then().statusCode(200);
        view(visitor, "Hello visitor, this is view 1");
    }

    /** The cookies of a new visitor. */
    private static Map<String, String> firstView() {
        return given().get("/visits").then().statusCode(200).extract().cookies();
    }

    private static void view(Map<String, String> cookies, String expected) {
        given().cookies(cookies).get("/visits").then().statusCode(200).body(is(expected));
    }
}
