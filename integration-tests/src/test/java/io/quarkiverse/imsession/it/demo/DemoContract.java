package io.quarkiverse.imsession.it.demo;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.restassured.filter.cookie.CookieFilter;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;

abstract class DemoContract {

    private static final String COOKIE = "connsid";

    private final CookieFilter browser = new CookieFilter();

    @Test
    void viewsCountUpPerClient() {
        assertThat(views()).isEqualTo("views: 1\n");
        assertThat(views()).isEqualTo("views: 2\n");
        assertThat(views()).isEqualTo("views: 3\n");
        given().get("/api/views").then().statusCode(200).body(equalTo("views: 1\n"));
    }

    @Test
    void readingMakesNoSession() {
        given().get("/api/session").then().statusCode(200).header("Set-Cookie", nullValue())
                .body("exists", equalTo(false)).body("id", nullValue()).body("data", anEmptyMap());
        given().get("/").then().statusCode(200).header("Set-Cookie", nullValue()).body(containsString("There is no session"));
    }

    @Test
    void outsideOfDevModeThereIsNoDevUi() {
        given().get("/q/dev-ui/").then().statusCode(404);
        given().get("/q/dev-ui/quarkus-imsession/qwc-imsession-sessions.js").then().statusCode(404);
    }

    @Test
    void logInKeepsIdAndDataAndReplacesTheToken() {
        views();
        String before = token();
        String id = session().extract().path("id");

        client().queryParam("user", "Ada").post("/api/login").then().statusCode(200);

        session().body("exists", equalTo(true)).body("id", equalTo(id)).body("created", notNullValue())
                .body("expires", notNullValue()).body("data.views", equalTo(1)).body("data.user.name", equalTo("Ada"));
        assertThat(token()).startsWith(id + ".").isNotEqualTo(before);
        assertIsNoSession(before);
    }

    @Test
    void renewingKillsTheOldCookieAtOnce() {
        logIn("Ada");
        String before = token();

        client().post("/api/renew").then().statusCode(200);

        assertIsNoSession(before);
        session().body("data.user.name", equalTo("Ada"));
    }

    @Test
    void loggingOutKillsTheCookie() {
        logIn("Ada");
        String before = token();

        String removal = client().post("/api/logout").then().statusCode(200).body("exists", equalTo(false)).extract()
                .header("Set-Cookie");

        assertThat(removal).startsWith(COOKIE + "=;").contains("Max-Age=0", "Path=/");
        assertIsNoSession(before);
    }

    @Test
    void aChangeIsThereOnTheNextRequestAndLeavesOtherFieldsAlone() {
        logIn("Ada");
        client().queryParam("value", "dark").post("/api/theme").then().statusCode(200);
        session().body("data.theme", equalTo("DARK")).body("data.user.name", equalTo("Ada"));
        client().queryParam("value", "light").post("/api/theme").then().statusCode(200);
        session().body("data.theme", equalTo("LIGHT")).body("data.user.name", equalTo("Ada"));
    }

    @Test
    void theCartIsAListOfRecords() {
        for (String product : new String[] { "Tea", "Honey", "Tea" }) {
            client().queryParam("product", product).post("/api/cart").then().statusCode(200);
        }
        session().body("data.cart", hasSize(2))
                .body("data.cart[0].product.name", equalTo("Tea")).body("data.cart[0].quantity", equalTo(2))
                .body("data.cart[1].product.cents", equalTo(790)).body("data.cart[1].quantity", equalTo(1));
    }

    @Test
    void theCookieLivesADayAndThirtyIfRemembered() {
        assertThat(logIn("Ada")).isEqualTo(Duration.ofDays(1).toSeconds());
        client().post("/api/logout").then().statusCode(200);
        long remembered = client().queryParam("user", "Ada").queryParam("remember", true).post("/api/login").then()
                .statusCode(200).extract().detailedCookie(COOKIE).getMaxAge();
        assertThat(remembered).isEqualTo(Duration.ofDays(30).toSeconds());
        long later = client().get("/api/views").then().statusCode(200).extract().detailedCookie(COOKIE).getMaxAge();
        assertThat(later).isEqualTo(Duration.ofDays(30).toSeconds());
    }

    @Test
    void anotherUserInheritsNothing() {
        logIn("Ada");
        client().queryParam("product", "Tea").post("/api/cart").then().statusCode(200);
        String id = session().extract().path("id");
        String before = token();

        logIn("Bob");

        session().body("id", not(equalTo(id))).body("data.user.name", equalTo("Bob")).body("data.cart", nullValue());
        assertIsNoSession(before);
    }

    @Test
    void badInputIsRefusedAndChangesNothing() {
        client().queryParam("user", "  ").post("/api/login").then().statusCode(400).body(containsString("name"));
        client().queryParam("user", "x".repeat(41)).post("/api/login").then().statusCode(400);
        client().queryParam("value", "green").post("/api/theme").then().statusCode(400).body(containsString("light"));
        client().queryParam("product", "Gold").post("/api/cart").then().statusCode(400);
        session().body("exists", equalTo(false));
    }

    @Test
    void thePageLeadsThroughALogInAndOut() {
        post("views").then().statusCode(303);
        page().body(containsString("<strong class=\"number\" id=\"views\">1</strong>"));

        form("login", "user", "Ada", "remember", "true");
        String id = session().extract().path("id");
        page().body(containsString("<strong id=\"user\">Ada</strong>, remembered for 30 days"))
                .body(containsString("<code id=\"session-id\">" + id + "</code>"));

        form("theme", "value", "dark");
        page().body(containsString("<html lang=\"en\" data-theme=\"dark\">"));

        form("cart", "product", "Tea");
        form("cart", "product", "Tea");
        page().body(allOf(containsString("2 × Tea"), containsString("9.00 €"), containsString("Tea is in the cart.")));
        page().body(not(containsString("Tea is in the cart.")));
        post("cart/empty").then().statusCode(303);
        page().body(not(containsString("2 × Tea")));

        String before = token();
        post("renew").then().statusCode(303);
        assertIsNoSession(before);
        page().body(containsString("<code id=\"session-id\">" + id + "</code>"));

        client().header("Sec-Fetch-Site", "cross-site").post("/logout").then().statusCode(403);
        page().body(containsString("<strong id=\"user\">Ada</strong>"));
        client().header("Sec-Fetch-Site", "same-origin").post("/logout").then().statusCode(303);
        page().body(containsString("There is no session"));
    }

    @Test
    void thePageShowsNoTokenAndEscapesWhatUsersEnter() {
        form("login", "user", "<script>\"&'");
        page().body(not(containsString("<script>"))).body(containsString("&lt;script&gt;"))
                .body(not(containsString(token().substring(token().indexOf('.') + 1))));
    }

    @Test
    void theStyleSheetIsServed() {
        client().get("/demo.css").then().statusCode(200).contentType("text/css").body(containsString("color-scheme"));
    }

    /** A request of the one browser of a test. */
    private RequestSpecification client() {
        return given().filter(browser).redirects().follow(false);
    }

    private String views() {
        return client().get("/api/views").then().statusCode(200).extract().asString();
    }

    /** Logs in, and returns the lifetime of the cookie in seconds. */
    private long logIn(String user) {
        return client().queryParam("user", user).post("/api/login").then().statusCode(200).extract().detailedCookie(COOKIE)
                .getMaxAge();
    }

    private ValidatableResponse session() {
        return client().get("/api/session").then().statusCode(200);
    }

    private ValidatableResponse page() {
        return client().get("/").then().statusCode(200).contentType(ContentType.HTML);
    }

    private Response post(String path) {
        return client().post("/" + path);
    }

    private void form(String path, String name, String value, String... more) {
        RequestSpecification form = client().contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam(name, value);
        for (int i = 0; i < more.length; i += 2) {
            form.formParam(more[i], more[i + 1]);
        }
        String location = form.post("/" + path).then().statusCode(303).extract().header("Location");
        assertThat(location).endsWith("/");
    }

    private String token() {
        return browser.getCookieStore().getCookies().stream().filter(cookie -> cookie.getName().equals(COOKIE)).findFirst()
                .orElseThrow().getValue();
    }

    private static void assertIsNoSession(String token) {
        given().cookie(COOKIE, token).get("/api/session").then().statusCode(200).body("exists", equalTo(false));
    }
}
