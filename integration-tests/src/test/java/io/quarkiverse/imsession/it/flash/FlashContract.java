package io.quarkiverse.imsession.it.flash;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.test.SocketClient;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** What the next page gets. */
abstract class FlashContract {

    private static final String COOKIE = "connsid";

    @Test
    void redirectAfterPostShowsTheNoticeOnceOnTheNextPage() {
        Response saved = save(null, "notice", "Saved");
        saved.then().statusCode(303);
        String token = saved.cookie(COOKIE);

        Response page = with(token).get(saved.header("Location"));
        page.then().statusCode(200).body(equalTo("Saved")).header("Cache-Control", "no-store");
        with(token).get("/flash").then().statusCode(200).body(equalTo("none")).header("Set-Cookie", nullValue());
    }

    @Test
    void requestsThatDoNotReadTheNoticeLeaveItForThePage() {
        String token = saved("Saved");
        for (int i = 0; i < 3; i++) {
            with(token).get("/flash/image").then().statusCode(200).body(equalTo("notice")).header("Set-Cookie", nullValue());
            with(token).get("/api/session").then().statusCode(200);
        }
        with(token).queryParam("name", "error").get("/flash").then().body(equalTo("none"));
        with(token).get("/flash/vertx").then().body(equalTo("Saved"));
        with(token).get("/flash/vertx").then().body(equalTo("none"));
    }

    @Test
    void noticeIsInNoData() {
        String token = saved("Saved");
        with(token).get("/api/session").then().statusCode(200).body("exists", equalTo(true)).body("data", anEmptyMap());
    }

    @Test
    void pageThatFailsLeavesTheNoticeForTheNextOne() {
        String token = saved("Saved");
        with(token).get("/flash/failure").then().statusCode(500).body(equalTo("Saved"));
        with(token).get("/flash").then().body(equalTo("Saved"));
    }

    @Test
    void formThatShowsItsErrorAtOnceLeavesNoneForTheNextPage() {
        String token = saved("Saved");
        with(token).post("/flash/form").then().statusCode(200).body(equalTo("Too short")).header("Set-Cookie", nullValue());
        with(token).get("/flash/image").then().body(equalTo("notice"));
    }

    @Test
    void readingWithoutASessionMakesNone() {
        given().get("/flash").then().statusCode(200).body(equalTo("none")).header("Set-Cookie", nullValue());
    }

    @Test
    void onceAResponseHasBegunTheNoticeStaysForTheNextPageUnlessThatItWasReadIsCommitted() {
        String token = saved("Saved");
        with(token).get("/flash/stream").then().statusCode(200).body(equalTo("begun Saved"));
        with(token).queryParam("commit", true).get("/flash/stream").then().statusCode(200).body(equalTo("begun Saved"));
        with(token).get("/flash").then().body(equalTo("none"));
    }

    @Test
    void socketReadsTheNoticeAndLeavesItForTheNextPageUnlessItCommits() throws Exception {
        String token = saved("Saved");
        try (SocketClient socket = SocketClient.open(RestAssured.port, "/flash/socket", "Cookie", COOKIE + '=' + token)) {
            assertThat(socket.ask("notice")).isEqualTo("Saved");
            assertThat(socket.ask("error")).isEqualTo("none");
            with(token).get("/flash/image").then().body(equalTo("notice"));
            assertThat(socket.ask("notice!")).isEqualTo("Saved");
            with(token).get("/flash/image").then().body(equalTo(""));
            assertThat(socket.ask("notice")).isEqualTo("none");
        }
    }

    @Test
    void noticeOfAVisitorOutlivesTheLogInAndNotTheSession() {
        String visitor = saved("Welcome");
        String ada = logIn(visitor, "Ada");
        with(ada).get("/flash/image").then().body(equalTo("notice"));
        String bob = logIn(ada, "Bob");
        with(bob).get("/flash").then().body(equalTo("none"));

        save(bob, "notice", "Saved").then().statusCode(303);
        with(bob).post("/flash/end").then().statusCode(200).body(equalTo("none"));
        with(bob).get("/flash").then().body(equalTo("none"));
    }

    @Test
    void numberAndSizeOfNoticesAreBounded() {
        String token = saved("0");
        for (int i = 1; i < 16; i++) {
            save(token, "v" + i, "x").then().statusCode(303);
        }
        save(token, "v16", "x").then().statusCode(400)
                .body(allOf(containsString("at most 16 flash values"), containsString("'v16'")));
        save(token, "v1", "y").then().statusCode(303);
        with(token).queryParam("name", "v1").get("/flash").then().body(equalTo("y"));
        save(token, "v16", "x").then().statusCode(303);
        with(token).queryParam("name", "v16").get("/flash").then().body(equalTo("x"));
        form(token, "v1", "x").formParam("times", 64 * 1024).post("/flash").then().statusCode(400)
                .body(containsString("quarkus.imsession.max-size"));
        with(token).get("/flash").then().body(equalTo("0"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "a:b", ":", "::x", "\u0000", "'\"<>&", "ключ 🦄", "@ ", "csrf", "flash:", "a\r\nSet-Cookie: x=y" })
    void hostileNamesAndValuesAreKeptAsTheyAreOrRefused(String text) {
        Response saved = save(null, text, text);
        if (text.startsWith("@")) {
            saved.then().statusCode(400).body(containsString("begins with @")).header("Set-Cookie", nullValue());
            return;
        }
        saved.then().statusCode(303);
        String token = saved.cookie(COOKIE);
        with(token).queryParam("name", text).get("/flash").then().statusCode(200).body(equalTo(text));
        with(token).queryParam("name", text).get("/flash").then().body(equalTo("none"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "@login", "@meta", "@flash:x:notice", "" })
    void noNameReachesWhatTheExtensionKeeps(String name) {
        save(null, name, "x").then().statusCode(400).header("Set-Cookie", nullValue());
    }

    static String saved(String notice) {
        return save(null, "notice", notice).then().statusCode(303).extract().cookie(COOKIE);
    }

    static Response save(String token, String name, String value) {
        return form(token, name, value).post("/flash");
    }

    private static RequestSpecification form(String token, String name, String value) {
        return with(token).contentType("application/x-www-form-urlencoded; charset=UTF-8").formParam("name", name)
                .formParam("value", value);
    }

    static RequestSpecification with(String token) {
        RequestSpecification request = given().redirects().follow(false);
        return token == null ? request : request.cookie(COOKIE, token);
    }

    private static String logIn(String token, String user) {
        return with(token).formParam("user", user).post("/flash/login").then().statusCode(204).extract().cookie(COOKIE);
    }
}
