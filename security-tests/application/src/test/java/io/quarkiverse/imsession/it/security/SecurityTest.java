package io.quarkiverse.imsession.it.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.Test;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Log-ins with Quarkus Security that live in a session. */
@QuarkusTest
class SecurityTest {

    private static final String COOKIE = "connsid";

    @Test
    void rolesOfTheLogInLetIntoWhatTheyAllow() {
        String ada = logIn("ada", "lovelace");
        with(ada).get("/account").then().statusCode(200).body(equalTo("ada"));
        with(ada).get("/account/reports").then().statusCode(200);
        String eve = logIn("eve", "moneypenny");
        with(eve).get("/account").then().statusCode(200).body(equalTo("eve"));
        with(eve).get("/account/reports").then().statusCode(403);
    }

    @Test
    void callerThatIsNotLoggedInIsRefused() {
        given().get("/account").then().statusCode(401);
        given().get("/account/reports").then().statusCode(401);
        given().get("/account/hour").then().statusCode(401);
        given().formParam("user", "ada").formParam("password", "wrong").post("/account/login").then().statusCode(401)
                .header("Set-Cookie", nullValue());
    }

    @Test
    void logOutEndsTheSession() {
        String ada = logIn("ada", "lovelace");
        with(ada).post("/account/logout").then().statusCode(204);
        with(ada).get("/account").then().statusCode(401);
    }

    @Test
    void logOutEverywhereEndsAllSessionsOfTheUser() {
        String one = logIn("eve", "moneypenny");
        String other = logIn("eve", "moneypenny");
        with(one).post("/account/logout-everywhere").then().statusCode(200);
        with(one).get("/account").then().statusCode(401);
        with(other).get("/account").then().statusCode(401);
    }

    @Test
    void requestFromAnotherSiteIsRefused() {
        String ada = logIn("ada", "lovelace");
        with(ada).header("Sec-Fetch-Site", "cross-site").post("/account/logout").then().statusCode(403);
        with(ada).get("/account").then().statusCode(200);
    }

    @Test
    void logInIsFreshForTheGivenTimeAndThenIsAskedForAgain() {
        String ada = logIn("ada", "lovelace");
        with(ada).get("/account/hour").then().statusCode(200);
        Response stale = await().until(() -> with(ada).get("/account/second"), response -> response.statusCode() != 200);
        assertThat(stale.statusCode()).isEqualTo(401);
        assertThat(stale.header("WWW-Authenticate"))
                .isEqualTo("session error=\"insufficient_user_authentication\", max_age=\"1\"");
        with(ada).get("/account/hour").then().statusCode(200);
    }

    @Test
    void cookieEndsWithTheBrowserUnlessTheUserAskedToBeRemembered() {
        Response plain = given().formParam("user", "ada").formParam("password", "lovelace").post("/account/login");
        assertThat(plain.header("Set-Cookie")).doesNotContain("Max-Age");
        assertThat(with(plain.cookie(COOKIE)).post("/account/visit").header("Set-Cookie")).doesNotContain("Max-Age");
        Response remembered = given().formParam("user", "ada").formParam("password", "lovelace").formParam("stay", true)
                .post("/account/login");
        assertThat(remembered.header("Set-Cookie")).contains("Max-Age=2592000");
        assertThat(with(remembered.cookie(COOKIE)).post("/account/visit").header("Set-Cookie")).contains("Max-Age=2592000");
    }

    @Test
    void supportActsForAUserWhoSeesWhoItIsAndEndsIt() {
        String sue = logIn("sue", "ecila");
        with(sue).get("/account/actor").then().body(equalTo("- -"));
        String eve = actAs(sue, "eve").then().statusCode(204).extract().cookie(COOKIE);
        with(sue).get("/account").then().statusCode(401);
        with(eve).get("/account").then().statusCode(200).body(equalTo("eve"));
        with(eve).get("/account/actor").then().body(equalTo("sue sue"));
        with(eve).get("/account/hour").then().statusCode(401);
        with(eve).get("/account/reports").then().statusCode(403);
        actAs(eve, "ada").then().statusCode(403);
        with(eve).post("/account/end-acting").then().statusCode(204);
        with(eve).get("/account").then().statusCode(401);

        String other = actAs(logIn("sue", "ecila"), "eve").then().statusCode(204).extract().cookie(COOKIE);
        with(logIn("sue", "ecila")).post("/account/logout-everywhere").then().statusCode(200);
        with(other).get("/account").then().statusCode(401);
    }

    @Test
    void onlySupportActsAndNotForAdministrators() {
        actAs(logIn("eve", "moneypenny"), "ada").then().statusCode(403);
        String sue = logIn("sue", "ecila");
        actAs(sue, "ada").then().statusCode(403);
        with(sue).get("/account").then().statusCode(200).body(equalTo("sue"));
    }

    private static Response actAs(String session, String user) {
        return with(session).formParam("user", user).formParam("reason", "ticket 4711").post("/account/act");
    }

    private static String logIn(String user, String password) {
        return given().formParam("user", user).formParam("password", password).post("/account/login").then().statusCode(204)
                .extract().cookie(COOKIE);
    }

    private static RequestSpecification with(String session) {
        return given().cookie(COOKIE, session).header("Sec-Fetch-Site", "same-origin");
    }
}
