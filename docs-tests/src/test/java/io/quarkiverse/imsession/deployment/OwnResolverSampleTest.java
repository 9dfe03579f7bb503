package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import org.acme.Views;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.docs.HeaderResolver;
import io.restassured.response.Response;

class OwnResolverSampleTest {

    private static final String HEADER = "X-App-Session";

    @RegisterExtension
    static final TestApp APP = TestApp.of(Views.class, HeaderResolver.class);

    @Test
    void whoAsksForItCarriesTheTokenInAHeader() {
        Response first = given().header(HEADER, "").get("/views");
        String token = first.header(HEADER);
        assertThat(first.header("Set-Cookie")).isNull();

        given().header(HEADER, token).get("/views").then().body(containsString("views: 2"));
        given().header(HEADER, token).header(HEADER, "another").get("/views").then().body(containsString("views: 3"));
        // No page of another site can add the header, so nothing has to be proved.
        Response end = given().header(HEADER, token).header("Sec-Fetch-Site", "cross-site").post("/logout");
        end.then().statusCode(200);
        assertThat(end.header(HEADER)).isEmpty();
        given().header(HEADER, token).get("/views").then().body(containsString("views: 1"));
    }

    @Test
    void plantedCookieLocksNobodyOut() {
        String token = Client.token(Client.get("/views", null));

        Response response = given().header("Cookie", "connsid=planted; connsid=" + token).get("/views");
        response.then().body(containsString("views: 2"));
        assertThat(response.headers().getValues("Set-Cookie").get(0)).startsWith("connsid=; Max-Age=0; Path=/views;");
    }

    @Test
    void allOthersHaveTheCookieAndProveWhereTheyComeFrom() {
        String token = Client.token(Client.get("/views", null));

        Client.get("/views", token).then().body(containsString("views: 2"));
        Client.request(token).header("Sec-Fetch-Site", "cross-site").post("/logout").then().statusCode(403);
    }
}
