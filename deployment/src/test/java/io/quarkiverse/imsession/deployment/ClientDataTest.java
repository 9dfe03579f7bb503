package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionClient;
import io.restassured.RestAssured;
import io.restassured.response.Response;

class ClientDataTest {

    private static final Pattern COOKIE = Pattern.compile("connsid=([^;]+)");

    @RegisterExtension
    static final TestApp APP = TestApp.of(ClientRoutes.class)
            .config("quarkus.imsession.client.record-user-agent", "true")
            .config("quarkus.imsession.client.record-address", "true");

    @Test
    void theClientThatMakesTheSessionIsKept() {
        SessionClient client = ClientRoutes.client(ClientRoutes.make(given().header("User-Agent", "Firefox")));
        assertThat(client.userAgent()).contains("Firefox");
        assertThat(client.address()).contains("127.0.0.1");
        assertThat(client.label()).isEmpty();
    }

    @Test
    void withoutAProxyAForwardedAddressIsNotBelieved() {
        assertThat(ClientRoutes.client(ClientRoutes.make(ClientRoutes.forwardedFor("203.0.113.7"))).address())
                .contains("127.0.0.1");
    }

    @Test
    void aLongUserAgentIsCut() {
        String userAgent = "Firefox/" + "1".repeat(10_000);
        assertThat(ClientRoutes.client(ClientRoutes.make(given().header("User-Agent", userAgent))).userAgent())
                .contains(userAgent.substring(0, 256));
    }

    @Test
    void aClientWithoutAUserAgentHasNone() throws IOException {
        assertThat(ClientRoutes.client(makeWithHeaders("")).userAgent()).isEmpty();
        assertThat(ClientRoutes.client(makeWithHeaders("User-Agent:\r\n")).userAgent()).isEmpty();
    }

    @Test
    void theClientIsThatWhichGotTheTokenLast() {
        String token = ClientRoutes.make(given().header("User-Agent", "Firefox"));

        Client.request(token).header("User-Agent", "Chrome").get("/change").then().statusCode(200);
        assertThat(ClientRoutes.client(token).userAgent()).contains("Firefox");

        Response renewed = Client.request(token).header("User-Agent", "Safari").get("/renew");
        assertThat(ClientRoutes.client(Client.token(renewed)).userAgent()).contains("Safari");
    }

    @Test
    void aLabelHasUpTo128Characters() {
        String token = ClientRoutes.make(given());
        String longest = "🦄".repeat(64);

        Client.request(token).queryParam("value", longest).get("/label").then().statusCode(200);
        String refusal = Client.request(token).queryParam("value", longest + "x").get("/label").then().statusCode(400).extract()
                .asString();

        assertThat(refusal).contains("128", "129").doesNotContain("🦄");
        assertThat(ClientRoutes.client(token).label()).contains(longest);
    }

    @Test
    void aLabelStaysUntilItIsRemoved() {
        String token = ClientRoutes.make(given());
        Client.request(token).queryParam("value", "Ada's phone").get("/label").then().statusCode(200);
        Response renewed = Client.request(token).get("/renew");
        assertThat(ClientRoutes.client(token).label()).contains("Ada's phone");

        Client.request(Client.token(renewed)).queryParam("value", "").get("/label").then().statusCode(200);
        assertThat(ClientRoutes.client(token).label()).isEmpty();
    }

    @Test
    void aLabelAloneMakesNoSession() {
        Response response = given().queryParam("value", "Ada's phone").get("/label");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.header("Set-Cookie")).isNull();
    }

    /** RestAssured always sends a user agent of its own. */
    private static String makeWithHeaders(String headers) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            OutputStream request = socket.getOutputStream();
            request.write(("GET /make HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            request.flush();
            Matcher cookie = COOKIE
                    .matcher(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
            assertThat(cookie.find()).isTrue();
            return cookie.group(1);
        }
    }
}
