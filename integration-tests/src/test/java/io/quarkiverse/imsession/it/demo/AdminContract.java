package io.quarkiverse.imsession.it.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import java.util.UUID;

import org.junit.jupiter.api.Test;

import io.restassured.filter.cookie.CookieFilter;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Log-ins with a password and roles, in the demo. */
abstract class AdminContract {

    private final CookieFilter admin = new CookieFilter();
    private final CookieFilter visitor = new CookieFilter();

    @Test
    void onlyTheAdministratorIsLetIn() {
        client(visitor).get("/api/admin/sessions").then().statusCode(401);
        client(visitor).queryParam("user", "Ada").post("/api/login").then().statusCode(200);
        client(visitor).get("/api/admin/sessions").then().statusCode(403);
        client(visitor).get("/admin").then().statusCode(403);

        logIn("demo").then().statusCode(200).body("data.principal", equalTo("admin"));
        client(admin).get("/api/admin/sessions").then().statusCode(200).body("sessions", greaterThanOrEqualTo(2));
        client(admin).post("/api/logout").then().statusCode(200);
        client(admin).get("/api/admin/sessions").then().statusCode(401);
    }

    @Test
    void thePasswordIsAskedForAndKeptNowhere() {
        logIn("wrong").then().statusCode(401).header("Set-Cookie", nullValue()).body(containsString("name and password"));
        logIn("").then().statusCode(401);
        client(admin).formParam("user", "admin").post("/api/admin/login").then().statusCode(401);
        client(visitor).queryParam("user", "admin").post("/api/login").then().statusCode(400);
        logIn("demo").then().statusCode(200).body(not(containsString("demo")));
    }

    @Test
    void theAdministratorLogsAUserOutEverywhere() {
        String name = UUID.randomUUID().toString();
        client(visitor).queryParam("user", name).post("/api/login").then().statusCode(200);
        given().queryParam("user", name).post("/api/login").then().statusCode(200);
        client(visitor).queryParam("user", name).post("/api/admin/logout").then().statusCode(403);

        logIn("demo");
        client(admin).queryParam("user", name).post("/api/admin/logout").then().statusCode(200).body("ended", equalTo(2));
        client(visitor).get("/api/session").then().body("exists", equalTo(false));
    }

    @Test
    void thePageLeadsThroughTheLogIn() {
        String name = UUID.randomUUID().toString();
        client(visitor).queryParam("user", name).post("/api/login").then().statusCode(200);
        Response turnedAway = client(admin).get("/admin");
        assertThat(turnedAway.statusCode()).isEqualTo(303);
        assertThat(turnedAway.header("Location")).endsWith("/admin-login");
        client(admin).get("/admin-login").then().statusCode(200).body(containsString("Password"));

        client(admin).formParam("user", "admin").formParam("password", "demo").post("/admin-login").then().statusCode(303);
        String page = client(admin).get("/admin").then().statusCode(200).extract().asString();
        assertThat(page).contains("id=\"sessions\"");
        client(admin).header("Sec-Fetch-Site", "same-site").formParam("user", name).post("/admin/logout").then()
                .statusCode(403);
        client(visitor).get("/api/session").then().body("exists", equalTo(true));
        client(admin).header("Sec-Fetch-Site", "same-origin").formParam("user", name).post("/admin/logout").then()
                .statusCode(303);
        client(visitor).get("/api/session").then().body("exists", equalTo(false));
    }

    private Response logIn(String password) {
        return client(admin).formParam("user", "admin").formParam("password", password).post("/api/admin/login");
    }

    private static RequestSpecification client(CookieFilter cookies) {
        return given().filter(cookies).redirects().follow(false);
    }
}
