package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionEvent.Refused;
import io.quarkiverse.imsession.SessionEvent.Refused.Reason;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.deployment.FaultyStore.Fault;
import io.quarkus.test.common.http.TestHTTPResource;

/** What clients see of requests that are refused, of each kind and in each layer, whoever answers them. */
abstract class RefusalsContract {

    static final Map<Reason, Integer> STATUS = Map.of(Reason.ORIGIN, 403, Reason.TOKEN, 403, Reason.CONFLICT, 409,
            Reason.LIMIT, 409, Reason.STORE, 503);
    private static final Map<Version, HttpClient> CLIENTS = Map.of(Version.HTTP_1_1, client(Version.HTTP_1_1),
            Version.HTTP_2, client(Version.HTTP_2));

    @TestHTTPResource("/")
    URI base;

    @Inject
    FaultyStore store;

    @Inject
    EventLog events;

    @Inject
    RefusedRoutes routes;

    static TestApp app(Class<?>... classes) {
        return app("", classes);
    }

    /** @param logged what is logged too, as a pattern */
    static TestApp app(String logged, Class<?>... classes) {
        return TestApp.of(RefusalsContract.class, Routes.class, RefusedRoutes.class, RefusedResource.class, FaultyStore.class,
                Fault.class, EventLog.class, RefusedText.class).with(classes)
                .config("quarkus.imsession.csrf.mode", "both")
                .config("quarkus.http.cors.enabled", "true")
                .config("quarkus.http.cors.origins", "https://app.example.org")
                .logs(Level.WARNING, lines -> onlyTheStoreComplains(lines, logged));
    }

    private static void onlyTheStoreComplains(List<String> lines, String logged) {
        // A stack trace may follow.
        assertThat(lines).extracting(line -> line.lines().findFirst().orElse("")).allMatch(line -> line.matches(
                "Session [\\w-]{22} could not be (loaded|stored): Out of order( \\(\\d+ such lines? w\\w+ left out before\\))?")
                || line.matches(logged)
                // As when a client goes away from a stream.
                || line.startsWith("Exception in SSE server handling, impossible to send it to client"));
    }

    /**
     * The answer that a client is to get.
     *
     * @param user the name in the session that the request came with, or {@code nobody}
     */
    abstract String answer(Reason reason, String user);

    @Test
    void requestOfAnotherSiteIsAnsweredAsTheApplicationWishes() {
        String session = Client.login("name", "ada");
        for (String path : List.of("route/change", "rest/change", "none")) {
            assertRefused(Reason.ORIGIN, session, "ada",
                    () -> send("POST", path, session, "Sec-Fetch-Site", "cross-site"));
            assertRefused(Reason.ORIGIN, null, "nobody",
                    () -> send("POST", path, null, "Sec-Fetch-Site", "cross-site"));
        }
    }

    @Test
    void formOfATabFromBeforeTheLogInIsAnsweredAsTheApplicationWishes() {
        String visitor = Client.login("name", "ada");
        String old = Client.get("/token", visitor).asString();
        String session = Client.token(Client.get("/renew", visitor));
        for (String path : List.of("route/change", "rest/change")) {
            assertRefused(Reason.TOKEN, session, "ada",
                    () -> send("POST", path, session, "Sec-Fetch-Site", "same-origin", "X-CSRF-Token", old));
            assertRefused(Reason.TOKEN, session, "ada",
                    () -> send("POST", path, session, "Sec-Fetch-Site", "same-origin"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "route", "worker", "chunks", "rest", "rest-uni", "rest-stream" })
    void changeOfASessionThatEndedIsAnsweredAsTheApplicationWishes(String layer) {
        String session = Client.login("name", "ada");
        assertRefused(Fault.CONFLICT, Reason.CONFLICT, session, "ada", () -> get(layer + "/change", session));
    }

    @ParameterizedTest
    @ValueSource(strings = { "route", "worker", "chunks", "rest", "rest-uni", "rest-stream" })
    void sessionBeyondALimitIsAnsweredAsTheApplicationWishes(String layer) {
        assertRefused(Fault.LIMIT, Reason.LIMIT, null, "nobody", () -> get(layer + "/change", null));
    }

    @ParameterizedTest
    @ValueSource(strings = { "route", "worker", "chunks", "rest", "rest-uni", "rest-stream" })
    void changeThatCannotBeStoredIsAnsweredAsTheApplicationWishes(String layer) {
        String session = Client.login("name", "ada");
        assertRefused(Fault.COMMIT, Reason.STORE, session, "ada", () -> get(layer + "/change", session));
        assertRefused(Fault.COMMIT, Reason.STORE, null, "nobody", () -> get(layer + "/change", null));
    }

    @Test
    void sessionThatCannotBeLoadedIsAnsweredAsTheApplicationWishes() {
        String session = Client.login("name", "ada");
        for (String path : List.of("route/change", "rest/change", "none")) {
            assertRefused(Fault.LOAD, Reason.STORE, session, "nobody", () -> get(path, session));
        }
    }

    @Test
    void itIsTheSameOverHttp2AndForHead() {
        String session = Client.login("name", "ada");
        // An HTTP/2 connection without TLS begins with an upgrade, which needs a request without a body.
        assertThat(send(Version.HTTP_2, "GET", "read", session).version()).isEqualTo(Version.HTTP_2);
        assertRefused(Reason.ORIGIN, session, "ada",
                () -> send(Version.HTTP_2, "POST", "rest/change", session, "Sec-Fetch-Site", "cross-site"));
        for (String layer : List.of("route", "chunks", "rest", "rest-stream")) {
            assertRefused(Fault.COMMIT, Reason.STORE, session, "ada",
                    () -> send(Version.HTTP_2, "GET", layer + "/change", session));
        }
        String token = Client.get("/token", session).asString();
        for (Version version : Version.values()) {
            // The application has read the body.
            assertRefused(Fault.COMMIT, Reason.STORE, session, "ada",
                    () -> send(version, "POST", "rest/change", session, "Sec-Fetch-Site", "same-origin", "X-CSRF-Token",
                            token));
        }
        store.with(Fault.COMMIT, () -> {
            for (Version version : Version.values()) {
                for (String path : List.of("route/change", "rest/change")) {
                    HttpResponse<String> head = send(version, "HEAD", path, session);
                    assertThat(head.statusCode()).isEqualTo(503);
                    assertThat(head.headers().firstValue("Set-Cookie")).isEmpty();
                    // Vert.x sends what a handler of the application writes, over HTTP/2.
                    assertThat(version == Version.HTTP_1_1 ? head.body() : "").isEmpty();
                }
            }
        });
    }

    @Test
    void whoAnsweredFirstStillCleansUp() {
        String session = Client.login("name", "ada");
        int before = routes.cleaned() - routes.calls();
        store.with(Fault.COMMIT, () -> get("route/change", session));
        await().until(() -> routes.cleaned() - routes.calls() == before);
    }

    @Test
    void pageOfAnAllowedOriginMayReadTheAnswer() {
        String session = Client.login("name", "ada");
        for (String layer : List.of("route", "rest")) {
            assertReadable(403, send("POST", layer + "/change", session, "Origin", "https://app.example.org"));
            store.with(Fault.LOAD, () -> assertReadable(503,
                    send("GET", layer + "/change", session, "Origin", "https://app.example.org")));
            store.with(Fault.COMMIT, () -> assertReadable(503,
                    send("GET", layer + "/change", session, "Origin", "https://app.example.org")));
            store.with(Fault.CONFLICT, () -> assertReadable(409,
                    send("GET", layer + "/change", session, "Origin", "https://app.example.org")));
        }
    }

    @Test
    void pageOfAnotherOriginMayNotReadTheAnswer() {
        String session = Client.login("name", "ada");
        assertRefused(Reason.ORIGIN, session, "ada", () -> {
            HttpResponse<String> response = send("POST", "route/change", session, "Origin", "https://evil.example");
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
            return response;
        });
        assertRefused(Fault.LOAD, Reason.STORE, session, "nobody", () -> {
            HttpResponse<String> response = send("GET", "route/change", session, "Origin", "https://evil.example");
            assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
            return response;
        });
    }

    private static void assertReadable(int status, HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().allValues("Access-Control-Allow-Origin")).containsExactly("https://app.example.org");
        assertThat(response.headers().allValues("Access-Control-Allow-Credentials")).containsExactly("true");
    }

    /** One request is refused, and nothing else happens. */
    private void assertRefused(Reason reason, String session, String user, Request request) {
        assertRefused(Fault.NONE, reason, session, user, request);
    }

    /** One request to a store with a fault is refused, and nothing else happens. */
    private void assertRefused(Fault fault, Reason reason, String session, String user, Request request) {
        Optional<SessionId> id = Optional.ofNullable(session).map(token -> new SessionId(token.substring(0, SessionId.LENGTH)));
        events.awaitOnlyRefusal(new Refused(id, reason), () -> store.with(fault, () -> {
            HttpResponse<String> response = request.send();
            assertThat(response.statusCode()).isEqualTo(STATUS.get(reason));
            assertThat(response.body()).isEqualTo(answer(reason, user));
            assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(response.headers().firstValue("X-Application")).isEmpty();
            assertNotKept(response);
        }));
        id.ifPresent(known -> assertThat(store.stored(known).orElseThrow().data().asMap()).isEqualTo(Map.of("name", "ada")));
    }

    /** Whoever has answered: no cache keeps it, and a client knows when to try again. */
    static void assertNotKept(HttpResponse<String> response) {
        assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(response.headers().allValues("Retry-After"))
                .isEqualTo(response.statusCode() == 503 ? List.of("1") : List.of());
    }

    final HttpResponse<String> get(String path, String session) {
        return send("GET", path, session);
    }

    final HttpResponse<String> send(String method, String path, String session, String... headers) {
        return send(Version.HTTP_1_1, method, path, session, headers);
    }

    private HttpResponse<String> send(Version version, String method, String path, String session, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(30))
                .method(method, method.equals("POST") ? BodyPublishers.ofString("a=b") : BodyPublishers.noBody());
        if (session != null) {
            request.header("Cookie", Client.COOKIE + "=" + session);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return CLIENTS.get(version).send(request.build(), BodyHandlers.ofString());
        } catch (Exception e) {
            throw new AssertionError(method + " " + path, e);
        }
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder().version(version).connectTimeout(Duration.ofSeconds(30)).build();
    }

    private interface Request {

        HttpResponse<String> send();
    }
}
