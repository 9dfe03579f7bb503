package org.acme;

import static io.restassured.RestAssured.given;
import static org.hamcrest.CoreMatchers.is;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
class VisitResourceTest {

    private static final String COOKIE = "connsid";

    @Test
    void viewsOfEachVisitorAreCounted() {
        String visitor = firstView();
        view(visitor, "Hello visitor, this is view 2");
        view(visitor, "Hello visitor, this is view 3");
        view(firstView(), "Hello visitor, this is view 2");
    }

    @Test
    void logInKeepsTheSessionWithANewToken() {
        String visitor = firstView();
        String user = given().cookie(COOKIE, visitor).formParam("user", "Ada").post("/visits/login")
                .then().statusCode(200).extract().cookie(COOKIE);

        assertNotEquals(visitor, user);
        view(user, "Hello Ada, this is view 2");
        view(visitor, "Hello visitor, this is view 1");
    }

    @Test
    void logOutEndsTheSession() {
        String visitor = firstView();
        given().cookie(COOKIE, visitor).post("/visits/logout").then().statusCode(200);
        view(visitor, "Hello visitor, this is view 1");
    }

    private static String firstView() {
        return given().get("/visits").then().statusCode(200).extract().cookie(COOKIE);
    }

    private static void view(String token, String expected) {
        given().cookie(COOKIE, token).get("/visits").then().statusCode(200).body(is(expected));
    }
}
