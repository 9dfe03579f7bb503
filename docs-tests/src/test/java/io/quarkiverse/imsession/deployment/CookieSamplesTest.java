package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.acme.CsrfToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.docs.LogOutEverywhere;
import io.quarkiverse.imsession.docs.LogOutEverywhereResource;
import io.quarkiverse.imsession.docs.RememberMe;
import io.quarkiverse.imsession.docs.Shop;
import io.quarkiverse.imsession.docs.Transfers;
import io.quarkiverse.imsession.docs.VisitsAfter;
import io.quarkiverse.imsession.docs.VisitsBefore;
import io.quarkiverse.imsession.test.Pages;
import io.restassured.response.Response;

class CookieSamplesTest {

    private static final Pattern HIDDEN_FIELD = Pattern.compile("name=\"csrf-token\" value=\"([^\"]+)\"");

    @RegisterExtension
    static final TestApp APP = TestApp.of(Shop.class, RememberMe.class, Transfers.class, CsrfToken.class, VisitsBefore.class,
            VisitsAfter.class, LogOutEverywhere.class, LogOutEverywhereResource.class)
            .resource("templates/Transfers/page.html",
                    Pages.read(Path.of("src/test/resources/templates/Transfers/page.html")))
            .config("quarkus.imsession.references.\"user_id\".indexed", "true")
            .config("quarkus.imsession.references.\"tenant\".indexed", "true");

    @Test
    void dataIsReadAndChanged() {
        Client.request(null).post("/shop/visit").then().body(equalTo("2"));
        Client.request(null).post("/shop/change").then().body(equalTo("{user_id=1, state=\"activated\"}"));
        String token = Client.token(Client.request(null).post("/shop/login"));
        Client.get("/shop/read", token).then().body(equalTo("Ada [CartLine[product=Tea, quantity=2]]"));
        Client.get("/views", token).then().statusCode(200);
        token = Client.token(Client.request(token).post("/shop/named"));
        Client.get("/shop/read", token).then().body(equalTo("Bert [CartLine[product=Tea, quantity=2]]"));
        Client.request(token).post("/shop/logout").then().statusCode(204);
        Client.get("/shop/read", token).then().body(equalTo("nobody []"));
    }

    @Test
    void noticeOfARedirectIsShownOnce() {
        Response ordered = Client.request(null).post("/shop/order");
        ordered.then().statusCode(303);
        Client.get("/shop/orders", Client.token(ordered)).then().body(equalTo("Thank you for your order"));
        Client.get("/shop/orders", Client.token(ordered)).then().body(equalTo("No news"));
    }

    @Test
    void onlyTheUserWhoWantsItIsRemembered() {
        Response remembered = given().formParam("user", "ada").formParam("remember", "on").post("/remember/login");
        assertThat(remembered.header("Set-Cookie")).contains("Max-Age=2592000;");
        assertThat(given().formParam("user", "ada").post("/remember/login").header("Set-Cookie")).contains("Max-Age=86400;");

        Response later = Client.request(Client.token(remembered)).formParam("email", "a@b.c").post("/remember/email");
        later.then().statusCode(200);
        assertThat(later.header("Set-Cookie")).contains("Max-Age=2592000;");
        given().post("/remember/email").then().statusCode(401);
    }

    @Test
    void whatMattersAsksForAFreshLogIn() {
        Client.request(null).post("/shop/confirmed").then().statusCode(303);
        Client.request(Client.token(Client.request(null).post("/shop/login"))).post("/shop/confirmed").then().statusCode(200);
    }

    @Test
    void theFourthLogInSeesTheDevices() {
        for (int i = 0; i < 3; i++) {
            given().formParam("id", 9).post("/shop/limited").then().statusCode(200);
        }
        given().formParam("id", 9).post("/shop/limited").then().statusCode(409).body(equalTo("3 devices"));
    }

    @Test
    void userSeesAndEndsDevices() {
        String phone = logIn("phone");
        String laptop = logIn("laptop");
        String tablet = logIn("tablet");
        Client.get("/everywhere/phones", phone).then().body(equalTo("1"));
        Client.get("/everywhere", phone).then().body(equalTo("[laptop, phone, tablet]"));
        Client.request(phone).delete("/everywhere/" + tablet.substring(0, SessionId.LENGTH)).then().statusCode(204);
        Client.get("/everywhere", tablet).then().body(equalTo("[laptop, phone]"));
        Client.request(phone).delete("/everywhere/others").then().body(equalTo("1"));
        Client.get("/everywhere", laptop).then().body(equalTo("[phone]"));
        Client.request(phone).delete("/everywhere/all").then().body(equalTo("1"));
    }

    private static String logIn(String device) {
        return Client.token(Client.request(null).post("/everywhere/" + device));
    }

    @Test
    void tokenOfAFormIsVerified() {
        String session = Client.token(given().formParam("user", "ada").post("/remember/login"));
        Matcher field = HIDDEN_FIELD.matcher(Client.get("/transfers", session).asString());
        assertThat(field.find()).isTrue();

        Client.request(session).formParam("csrf-token", field.group(1)).post("/transfers").then().statusCode(200);
        Client.request(session).formParam("csrf-token", Client.get("/csrf-token", session).asString())
                .post("/transfers").then().statusCode(200);
        Client.request(session).post("/transfers").then().statusCode(403);
    }

    @Test
    void migratedServletDoesTheSame() {
        for (String path : new String[] { "/before", "/after" }) {
            Response first = given().get(path);
            first.then().body(equalTo("1"));
            var cookies = first.detailedCookies();
            given().cookies(cookies).get(path).then().body(equalTo("2"));
            Response renewed = given().cookies(cookies).formParam("user", "ada").post(path);
            var renewedCookies = renewed.detailedCookies();
            assertThat(renewedCookies.asList()).hasSize(1);
            given().cookies(cookies).get(path).then().body(not(equalTo("3")));
            given().cookies(renewedCookies).get(path).then().body(equalTo("3"));
            given().cookies(renewedCookies).delete(path).then().statusCode(200);
            given().cookies(renewedCookies).get(path).then().body(equalTo("1"));
        }
    }
}
