package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionEvent.Refused;
import io.quarkiverse.imsession.SessionEvent.Refused.Reason;
import io.quarkiverse.imsession.deployment.RecordingStore.Mode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** What other sites can make a browser do, in an application with the default mode. */
class OtherSitesTest {

    private static final String OWN = "http://app.example.org";

    @RegisterExtension
    static final TestApp APP = TestApp
            .of(Routes.class, CsrfForms.class, Rerouting.class, RefusedText.class, EventLog.class, RecordingStore.class,
                    Mode.class)
            .config("quarkus.imsession.exclude-paths", "/excluded/*")
            .config("quarkus.imsession.csrf.exempt-paths", "/hooks/*")
            .config("quarkus.imsession.csrf.trusted-origins", "https://trusted.example.org");

    @TestHTTPResource("/")
    URI base;

    @Inject
    RecordingStore store;

    @Inject
    CsrfForms forms;

    @Inject
    EventLog events;

    @Test
    void logInOfAnotherSiteIsRefusedAndTheVisitorKeepsTheirCookie() {
        assertThat(store.calls(() -> refused(other(null), "POST", "/login"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE", "PROPFIND" })
    void requestOfAnotherSiteIsRefusedWhateverItsMethodAndCredentials(String method) {
        refused(other(Client.login("name", "anna")), method, "/change");
        refused(other(null), method, "/change");
        refused(other("nonsense"), method, "/change");
        refused(other(null).header("Authorization", "Basic YWRhOmFkYQ=="), method, "/change");
        refused(other(null).header("Cookie", "q_session=eyJhbGciOi"), method, "/change");
    }

    @ParameterizedTest
    @ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE", "PROPFIND" })
    void requestThatNoBrowserMarksPasses(String method) {
        accepted(Client.request(null), method, "/change");
        accepted(Client.request(Client.login("name", "anna")), method, "/change");
        accepted(Client.request(null).header("Authorization", "Basic YWRhOmFkYQ=="), method, "/change");
    }

    @ParameterizedTest
    @ValueSource(strings = { "GET", "HEAD", "OPTIONS" })
    void requestThatIsMeantToChangeNothingPasses(String method) {
        accepted(other(null), method, "/change");
        accepted(other(Client.login("name", "anna")), method, "/change");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "same-origin, -",
            "none, -",
            "same-origin, null",
            "-, http://app.example.org",
            "-, HTTP://APP.example.org:80",
            "cross-site, https://trusted.example.org",
            "-, https://trusted.example.org" })
    void requestOfOwnAndTrustedPagesPasses(String site, String origin) {
        accepted(marked(site, origin), "POST", "/change");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
            "cross-site, -",
            "same-site, -",
            "same-site, http://app.example.org",
            "cross-site, null",
            "-, null",
            "-, ''",
            "'', -",
            "Same-Origin, -",
            "'same-origin, same-origin', -",
            "'same-origin;x', -",
            "-, http://app.example.org/",
            "-, http://app.example.org:8080",
            "-, http://app.example.org.evil.example",
            "-, http://user@app.example.org",
            "-, app.example.org",
            "-, 'http://app.example.org, http://app.example.org'",
            "-, 'http://app.example.org http://evil.example'",
            "-, file://",
            "-, http://trusted.example.org" })
    void requestOfOtherPagesAndOddMarksAreRefused(String site, String origin) {
        refused(marked(site, origin), "POST", "/change");
    }

    @Test
    void severalMarksProveNothing() {
        refused(marked("same-origin", null).header("Sec-Fetch-Site", "cross-site"), "POST", "/change");
        refused(marked("none", null).header("Sec-Fetch-Site", "none"), "POST", "/change");
        refused(marked(null, OWN).header("Origin", OWN), "POST", "/change");
        refused(marked(null, OWN).header("Origin", "http://evil.example"), "POST", "/change");
    }

    @Test
    void webSocketOfAnotherSiteIsRefusedWithoutASessionToo() {
        refused(other(null).header("Upgrade", "websocket"), "GET", "/change");
        refused(other(Client.login("name", "anna")).header("Upgrade", "WebSocket"), "GET", "/change");
        accepted(Client.request(null).header("Upgrade", "websocket"), "GET", "/change");
    }

    @Test
    void pathsWithoutSessionsAndExemptPathsAreNotChecked() {
        accepted(other(null), "POST", "/excluded/change");
        accepted(other(Client.login("name", "anna")), "POST", "/hooks/change");
    }

    @Test
    void reroutedRequestKeepsTheDecisionThatWasMadeOnIt() {
        String session = Client.login("name", "anna");
        accepted(other(session), "GET", "/reroute?method=POST&path=/change");
        accepted(other(session), "POST", "/hooks/reroute?method=POST&path=/change");
        accepted(other(session), "POST", "/hooks/reroute?method=DELETE&path=/change");
        refused(other(session), "POST", "/reroute?method=GET&path=/change");
        refused(other(session), "POST", "/reroute?method=POST&path=/hooks/change");
        refused(other(null), "POST", "/excluded/reroute?method=POST&path=/change");
    }

    @Test
    void tabFromBeforeTheLogInHasNothingToMiss() {
        String visitor = Client.login("basket", "full");
        Response loggedIn = Client.request(visitor).header("Sec-Fetch-Site", "same-origin").get("/renew");

        accepted(Client.request(Client.token(loggedIn)).header("Sec-Fetch-Site", "same-origin").formParam("amount", 7), "POST",
                "/change");
    }

    @Test
    void refusalIsToldByAnEvent() {
        events.awaitOnlyRefusal(new Refused(Optional.empty(), Reason.ORIGIN), () -> other(null).post("/login"));
    }

    @Test
    void connectionOfARefusedUploadCanBeUsedAgain() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        byte[] upload = new byte[300_000];
        for (int i = 0; i < 3; i++) {
            HttpRequest request = HttpRequest.newBuilder(base.resolve("change")).header("Sec-Fetch-Site", "cross-site")
                    .POST(BodyPublishers.ofByteArray(upload)).build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
        }
    }

    private void accepted(RequestSpecification request, String method, String path) {
        assertThat(forms.calls(() -> request.request(method, path).then().statusCode(200))).isEqualTo(1);
    }

    private void refused(RequestSpecification request, String method, String path) {
        assertThat(forms.calls(() -> {
            Response response = request.request(method, path);
            response.then().statusCode(403).contentType("text/plain; charset=utf-8").body(equalTo(RefusedText.ORIGIN));
            assertThat(response.header("Set-Cookie")).isNull();
            assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        })).isZero();
    }

    private static RequestSpecification other(String session) {
        return Client.request(session).header("Sec-Fetch-Site", "cross-site").header("Origin", "https://evil.example");
    }

    /** As behind a proxy that passes the host on. */
    private static RequestSpecification marked(String site, String origin) {
        RequestSpecification request = Client.request(null).header("Host", "app.example.org");
        if (site != null) {
            request.header("Sec-Fetch-Site", site);
        }
        return origin == null ? request : request.header("Origin", origin);
    }

    @Singleton
    public static class Rerouting {

        void register(@Observes Router router, CsrfForms forms) {
            for (String path : List.of("/reroute", "/hooks/reroute", "/excluded/reroute")) {
                router.route(path).handler(Rerouting::reroute);
            }
            router.route("/excluded/change").handler(forms::change);
        }

        private static void reroute(RoutingContext context) {
            context.reroute(HttpMethod.valueOf(context.queryParams().get("method")), context.queryParams().get("path"));
        }
    }
}
