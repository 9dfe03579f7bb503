package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.restassured.RestAssured;
import io.restassured.response.Response;

/**
 * The page below a root path, on a path that the application has not included, with tokens and a stylesheet of another host,
 * and headers of the application.
 */
@Tag("further")
class DevicesRootPathTest extends DevicesContract {

    @RegisterExtension
    static final TestApp APP = app().config("quarkus.http.root-path", "/app")
            .config("quarkus.imsession.include-paths", "/app/enter")
            .config("quarkus.imsession.csrf.mode", "both")
            .config("quarkus.imsession.devices.stylesheet", "https://cdn.example.org:8443/theme.css?v=1&dark")
            .config("quarkus.imsession.devices.time-zone", "Europe/Berlin")
            .config("quarkus.http.header.\"X-Frame-Options\".value", "SAMEORIGIN");

    @Test
    void pageIsBelowTheRootPathAndHasSessionsInAnyCase() {
        RestAssured.basePath = "/app";
        String token = enter("ada");
        Response page = Client.get("/account/devices", token);
        page.then().statusCode(200).header("X-Frame-Options", equalTo("SAMEORIGIN")).header("Content-Security-Policy",
                equalTo("default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; style-src 'self'"
                        + " https://cdn.example.org:8443"));
        assertThat(page.asString()).contains("href=\"https://cdn.example.org:8443/theme.css?v=1&amp;dark\"")
                .containsPattern("CES?T</time>");
        RestAssured.basePath = "";
        Client.get("/account/devices", token).then().statusCode(404);
    }

    @Test
    void formsAndScriptsNeedTheTokenOfTheirPage() {
        RestAssured.basePath = "/app";
        String token = enter("bob");
        String other = enter("bob");
        String end = "/account/devices/" + id(other) + "/end";
        ownPage(token).post(end).then().statusCode(403);
        ownPage(token).accept("application/json").delete("/account/devices/" + id(other)).then().statusCode(403);
        String csrf = ownPage(token).accept("application/json").get("/account/devices").jsonPath().getString("csrfToken");
        String field = Client.get("/account/devices", token).asString().split("name=\"csrf-token\" value=\"")[1].split("\"")[0];
        ownPage(token).formParam("csrf-token", field).post(end).then().statusCode(303).header("Location",
                startsWith("../../devices"));
        ownPage(token).accept("application/json").header("X-CSRF-Token", csrf).post("/account/devices/end-others").then()
                .statusCode(200).body("ended", equalTo(0));
        RestAssured.basePath = "";
    }
}
