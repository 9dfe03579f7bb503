package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.logging.Level;
import java.util.regex.Pattern;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.deployment.RecordingStore.Mode;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** Origin and token are asked for. */
class CsrfTest {

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{86}");
    private static final String HEADER = "X-CSRF-Token";

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, CsrfForms.class, RefusedText.class, RecordingStore.class, Mode.class)
            .config("quarkus.imsession.csrf.mode", "both")
            .config("quarkus.imsession.csrf.trusted-origins", "https://trusted.example.org")
            .config("quarkus.imsession.csrf.exempt-paths", "/hooks/*")
            .config("quarkus.log.category.\"io.quarkiverse\".min-level", "TRACE")
            .config("quarkus.log.category.\"io.quarkiverse\".level", "TRACE")
            .logs(Level.ALL, CsrfTest::assertLogged);

    @Inject
    RecordingStore store;

    @Inject
    CsrfForms forms;

    private static void assertLogged(List<String> messages) {
        assertThat(messages).anyMatch(message -> message
                .matches("A request of session [A-Za-z0-9_-]{22} was refused \\(ORIGIN\\)\\. .*csrf.trusted-origins.*"));
        assertThat(messages).anyMatch(message -> message
                .matches("A request of session [A-Za-z0-9_-]{22} was refused \\(TOKEN\\)\\. .*csrf.header.*"));
        assertThat(messages).anyMatch(message -> message.startsWith("A request without a session was refused (ORIGIN)."));
        assertThat(messages).noneMatch(message -> TOKEN.matcher(message).find());
    }

    @ParameterizedTest
    @ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE" })
    void requestThatChangesSomethingProvesBoth(String method) {
        String session = Client.login("name", "anna");
        String token = token(session);

        accepted(own(session).header(HEADER, token), method);
        refused(own(session), method, RefusedText.TOKEN);
        refused(own(session).header(HEADER, "A".repeat(86)), method, RefusedText.TOKEN);
        refused(own(session).header(HEADER, token(Client.login("name", "eve"))), method, RefusedText.TOKEN);
        refused(other(session).header(HEADER, token), method, RefusedText.ORIGIN);
        refused(other(session), method, RefusedText.ORIGIN);
        accepted(Client.request(session).header(HEADER, token), method);
        refused(Client.request(session), method, RefusedText.TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET", "HEAD", "OPTIONS", "TRACE" })
    void requestThatIsMeantToChangeNothingProvesNothing(String method) {
        other(Client.login("name", "anna")).request(method, "/change").then().statusCode(200);
    }

    @Test
    void originIsTheHostAndPortOfTheRequest() {
        String session = Client.login("name", "anna");
        String token = token(session);

        accepted(origin(session, "http://localhost:" + RestAssured.port).header(HEADER, token), "POST");
        accepted(origin(session, "https://trusted.example.org").header(HEADER, token), "POST");
        refused(origin(session, "http://localhost").header(HEADER, token), "POST", RefusedText.ORIGIN);
        refused(origin(session, "http://127.0.0.1:" + RestAssured.port).header(HEADER, token), "POST", RefusedText.ORIGIN);
        refused(origin(session, "null").header(HEADER, token), "POST", RefusedText.ORIGIN);
        refused(origin(session, "https://trusted.example.org"), "POST", RefusedText.TOKEN);
    }

    @Test
    void tokenComesInTheHeaderOrInAFormAndTheHeaderWins() {
        String session = Client.login("name", "anna");
        String token = token(session);

        accepted(own(session).formParam("a", "b").formParam("csrf-token", token), "POST");
        accepted(own(session).multiPart("a", "b").multiPart("csrf-token", token).multiPart("file", "x", new byte[10]), "POST");
        refused(own(session).formParam("a", "b"), "POST", RefusedText.TOKEN);
        refused(own(session).formParam("csrf-token", token.substring(1)), "POST", RefusedText.TOKEN);
        refused(own(session).multiPart("csrf-token", "name-of-a-file", token.getBytes()), "POST", RefusedText.TOKEN);
        refused(own(session).header(HEADER, token).header(HEADER, "x"), "POST", RefusedText.TOKEN);
        refused(own(session).contentType("application/json").body("{\"csrf-token\":\"" + token + "\"}"), "POST",
                RefusedText.TOKEN);
        refused(own(session).queryParam("csrf-token", token), "POST", RefusedText.TOKEN);
    }

    @ParameterizedTest
    @CsvSource({ "multipart/form-data, x", "multipart/form-data; boundary=b, x", "multipart/form-data; boundary=b, --b",
            "application/x-www-form-urlencoded, %%%&=&&%zz=1", "application/x-www-form-urlencoded, %",
            "application/x-www-form-urlencoded, ''", "multipart/form-data; boundary=b, ''", "text/plain, csrf-token=",
            "multipart/form-data; boundary=b; charset=none-such, x", "multipart/form-data; boundary=, x" })
    void formThatIsNoneIsRefused(String contentType, String body) throws Exception {
        String session = Client.login("name", "anna");

        assertThat(send("POST", session, contentType, body)).isEqualTo("403 " + RefusedText.TOKEN);
        assertThat(send("POST", session, contentType, body + token(session))).isEqualTo("403 " + RefusedText.TOKEN);
        assertThat(send("POST", session, contentType, body.repeat(20_000))).isEqualTo("403 " + RefusedText.TOKEN);
    }

    @Test
    void formIsReadAlsoWithOtherMethodsThatHaveForms() throws Exception {
        String session = Client.login("name", "anna");
        String form = "csrf-token=" + token(session);

        assertThat(send("PUT", session, "Application/X-WWW-Form-Urlencoded;charset=utf-8", form)).isEqualTo("200 changed");
        assertThat(send("PROPPATCH", session, "application/x-www-form-urlencoded", form)).isEqualTo("403 " + RefusedText.TOKEN);
    }

    @Test
    void refusalIsASentenceForTheUserAndChangesNothing() {
        String session = Client.login("name", "anna");

        assertThat(store.calls(() -> {
            for (Response refused : List.of(other(session).post("/login"), own(session).post("/login"))) {
                refused.then().statusCode(403).contentType("text/plain; charset=utf-8");
                assertThat(refused.body().asString()).endsWith(" Nothing was stored.");
                assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
                assertThat(refused.header("Set-Cookie")).isNull();
            }
        })).containsExactly("load", "load");
        Client.get("/read", session).then().body(equalTo("{name=anna}"));
    }

    @Test
    void withoutASessionTheOriginIsAskedForAndNoToken() {
        String ended = Client.login("name", "anna");
        Client.get("/destroy", ended);

        for (String cookie : new String[] { null, ended, "nonsense", ended.substring(0, 23) + "A".repeat(32) }) {
            for (RequestSpecification request : List.of(own(cookie), Client.request(cookie))) {
                Response response = request.formParam("name", "anna").post("/login");
                response.then().statusCode(200).body(equalTo("changed"));
                Client.get("/read", Client.token(response)).then().body(equalTo("{name=anna}"));
            }
            refused(other(cookie), "POST", RefusedText.ORIGIN);
        }
    }

    @Test
    void exemptPathsAreNotChecked() {
        String session = Client.login("name", "anna");

        other(session).post("/hooks/change").then().statusCode(200).body(equalTo("changed"));
        other(session).post("/hooks/../change").then().statusCode(403);
        other(session).urlEncodingEnabled(false).post("/hooks/%2e%2e/change").then().statusCode(403);
        other(session).post("/hooksx/change").then().statusCode(403);
    }

    private void accepted(RequestSpecification request, String method) {
        assertThat(forms.calls(() -> request.request(method, "/change").then().statusCode(200))).isEqualTo(1);
    }

    private void refused(RequestSpecification request, String method, String proof) {
        assertThat(forms.calls(
                () -> request.request(method, "/change").then().statusCode(403).body(equalTo(proof)))).isZero();
    }

    /** A body of any type, as it is. */
    private static String send(String method, String session, String contentType, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + "/change"))
                .header("Cookie", Client.COOKIE + "=" + session).header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", contentType).method(method, BodyPublishers.ofString(body)).build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private static RequestSpecification own(String session) {
        return Client.request(session).header("Sec-Fetch-Site", "same-origin");
    }

    private static RequestSpecification other(String session) {
        return Client.request(session).header("Sec-Fetch-Site", "cross-site").header("Origin", "https://evil.example");
    }

    private static RequestSpecification origin(String session, String origin) {
        return Client.request(session).header("Origin", origin);
    }

    private static String token(String session) {
        String token = Client.get("/csrf/token", session).body().asString();
        assertThat(token).hasSize(86);
        return token;
    }
}
