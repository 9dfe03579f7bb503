package io.quarkiverse.imsession.it.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.SocketClient;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;

/** Templates and WebSockets with a session. */
@QuarkusTest
class WebTest {

    private static final String COOKIE = "connsid";
    private static final Pattern FIELD = Pattern
            .compile("<input type=\"hidden\" name=\"csrf-token\" value=\"([\\w-]{40,})\">");

    @Test
    void pageShowsTheSessionAndDoesWithoutOne() {
        assertThat(given().get("/").asString()).contains("<p>Hello stranger, 0 visits</p>", "<ul></ul>");
        assertThat(page(enter("<Ada>"))).contains("<p>Hello &lt;Ada&gt;, 1 visits</p>", "<ul></ul>");
    }

    @Test
    void formWithTheTokenOfItsPageIsTakenAndOneWithoutIsRefused() {
        String session = enter("Ada");
        Matcher field = FIELD.matcher(page(session));
        assertThat(field.find()).isTrue();

        with(session).formParam("product", "Tea").post("/cart").then().statusCode(403);
        with(session).formParam("product", "Tea").formParam("csrf-token", field.group(1)).post("/cart").then()
                .statusCode(204);

        assertThat(page(session)).contains("<ul><li>1 × Tea</li></ul>", "<p role=\"status\">Tea is in the cart</p>");
        assertThat(page(session)).contains("<ul><li>1 × Tea</li></ul>").doesNotContain("role=\"status\"");
    }

    @Test
    void socketSeesTheSessionChangesItAndClosesWhenItEnds() throws Exception {
        String session = enter("Ada");
        try (SocketClient socket = SocketClient.open(RestAssured.port, "/chat", "Cookie", COOKIE + '=' + session)) {
            assertThat(socket.receive()).isEqualTo("Hello Ada");
            assertThat(socket.ask("Eve")).isEqualTo("Ada is now Eve");
            assertThat(page(session)).contains("<p>Hello Eve, 1 visits</p>");

            with(session).get("/leave").then().statusCode(204);
            assertThat(socket.closed()).isEqualTo("1008 Session ended");
        }
    }

    private static String enter(String name) {
        return given().queryParam("name", name).get("/enter").then().statusCode(204).extract().cookie(COOKIE);
    }

    private static String page(String session) {
        return with(session).get("/").then().statusCode(200).extract().asString();
    }

    private static RequestSpecification with(String session) {
        return given().cookie(COOKIE, session);
    }
}
