package io.quarkiverse.imsession.it.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.it.Wire;
import io.quarkus.test.common.http.TestHTTPResource;

/** What holds in every layer, whatever the store. */
abstract class LayersContract {

    private static final String GREETING = "hello";
    /** So many that a machine is hardly slow enough to need a second for each. */
    private static final int STREAMS = 25;
    private static final int CALLS = 20;
    private static final int CALLS_WITH_LARGE_BODIES = 4;

    @TestHTTPResource("/")
    URI base;

    static Stream<Arguments> changingOverBothVersions() {
        return overBothVersions(Endpoint.changing());
    }

    static Stream<Arguments> failingOverBothVersions() {
        return overBothVersions(Endpoint.failing());
    }

    static Stream<Arguments> postingOverBothVersions() {
        return overBothVersions(Endpoint.posting());
    }

    /** Has a connection of each version, for the requests that tests look at. */
    @BeforeEach
    void connect() throws Exception {
        for (Version version : Version.values()) {
            new Browser(base, version).get("layers/static.txt");
        }
    }

    private static Stream<Arguments> overBothVersions(List<Endpoint> endpoints) {
        return endpoints.stream()
                .flatMap(endpoint -> Stream.of(Version.values()).map(version -> Arguments.of(endpoint, version)));
    }

    @ParameterizedTest
    @MethodSource("changingOverBothVersions")
    void changedDataIsVisibleToTheVeryNextRequest(Endpoint endpoint, Version version) throws Exception {
        Browser browser = new Browser(base, version);
        int calls = endpoint.requestBody() != null || endpoint.path().endsWith("/large") ? CALLS_WITH_LARGE_BODIES : CALLS;
        for (int count = 1; count <= calls; count++) {
            HttpResponse<byte[]> response = browser.call(endpoint);
            assertThat(browser.get(endpoint.reader())).isEqualTo(Bodies.count(count));
            assertWhole(endpoint, response, count);
            assertThat(Browser.cookies(response)).singleElement().asString().startsWith(Browser.COOKIE + "=");
            assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
        }
    }

    @ParameterizedTest
    @MethodSource("changingOverBothVersions")
    void aRequestThatOnlyReadsSetsNoCookieAndChangesNothing(Endpoint endpoint, Version version) throws Exception {
        Browser browser = new Browser(base, version);
        HttpResponse<byte[]> without = browser.callUnchanging(endpoint);
        assertWhole(endpoint, without, 0);
        assertThat(Browser.cookies(without)).isEmpty();
        browser.call(endpoint);
        String token = browser.token();
        for (int i = 0; i < 2; i++) {
            HttpResponse<byte[]> response = browser.callUnchanging(endpoint);
            assertWhole(endpoint, response, 1);
            assertThat(Browser.cookies(response)).isEmpty();
        }
        assertThat(browser.token()).isEqualTo(token);
        assertThat(browser.get(endpoint.reader())).isEqualTo(Bodies.count(1));
    }

    /** A worker thread that writes would otherwise wake up by its own time-out of a second, each time. */
    @ParameterizedTest
    @EnumSource(Version.class)
    void aStreamThatIsLongerThanWhatIsHeldGoesOnAtOnce(Version version) {
        Browser browser = new Browser(base, version);
        assertTimeout(Duration.ofSeconds(STREAMS - 1), () -> {
            for (int i = 0; i < STREAMS; i++) {
                browser.get("layers/rest/stream");
            }
        });
    }

    /** The JDK's client mixes up frames if a long body comes with the upgrade, so this is the only test with one. */
    @Test
    void theRequestThatUpgradesToHttp2HasASession() throws Exception {
        HttpClient client = HttpClient.newBuilder().version(Version.HTTP_2).build();
        HttpRequest request = HttpRequest.newBuilder(base.resolve("layers/rest/uni")).build();
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.version()).isEqualTo(Version.HTTP_2);
        assertThat(response.body()).isEqualTo(Bodies.count(1));
        assertThat(Browser.cookies(response)).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("failingOverBothVersions")
    void aServerErrorDiscardsTheChange(Endpoint endpoint, Version version) throws Exception {
        Browser browser = new Browser(base, version);
        HttpResponse<byte[]> first = browser.call(endpoint);
        assertThat(first.statusCode()).isEqualTo(endpoint.status());
        assertThat(Browser.cookies(first)).isEmpty();

        browser.get("layers/vertx/text");
        HttpResponse<byte[]> second = browser.call(endpoint);
        assertThat(second.statusCode()).isEqualTo(endpoint.status());
        assertThat(Browser.cookies(second)).isEmpty();
        assertThat(browser.get(endpoint.reader())).isEqualTo(Bodies.count(1));
    }

    @ParameterizedTest
    @MethodSource("postingOverBothVersions")
    void aRequestBodyIsIntactAlthoughTheSessionIsLoadedFirst(Endpoint endpoint, Version version) throws Exception {
        Browser browser = new Browser(base, version);
        browser.get("layers/vertx/text");
        HttpResponse<byte[]> response = browser.call(endpoint);
        assertWhole(endpoint, response, 2);
        assertThat(browser.get(endpoint.reader())).isEqualTo(Bodies.count(2));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void allLayersSeeTheSameSession(Version version) throws Exception {
        Browser browser = new Browser(base, version);
        int count = 0;
        for (Endpoint endpoint : Endpoint.oneOfEachLayer()) {
            assertWhole(endpoint, browser.call(endpoint), ++count);
        }
        assertThat(count).isEqualTo(4);
        for (String layer : List.of("rest", "routes", "vertx", "servlet")) {
            assertThat(browser.get("layers/" + layer + "/read")).isEqualTo(Bodies.count(count));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "rest", "vertx", "servlet" })
    void aChangeAfterTheFirstByteIsRefusedIfItNeedsACookieAndElseStoredByACommitOnly(String layer) throws Exception {
        Browser browser = new Browser(base, Version.HTTP_1_1);
        assertThat(browser.get("layers/" + layer + "/late")).isEqualTo(Bodies.REFUSED);
        browser.get("layers/vertx/text");
        assertThat(browser.get("layers/" + layer + "/late")).isEqualTo(Bodies.ACCEPTED);
        assertThat(browser.get("layers/vertx/read")).isEqualTo(Bodies.count(1));
    }

    @ParameterizedTest
    @ValueSource(strings = { "rest/blocking", "rest/uni", "rest/file", "routes/text", "vertx/text", "vertx/blocking",
            "servlet/text" })
    void aHeadRequestCountsAsWell(String path) throws Exception {
        for (Version version : Version.values()) {
            Browser browser = new Browser(base, version);
            HttpResponse<byte[]> response = browser.head("layers/" + path);
            assertThat(response.statusCode()).isEqualTo(200);
            if (version == Version.HTTP_1_1) {
                // Over HTTP/2 Vert.x sends what a plain route writes, also to a HEAD request.
                assertThat(response.body()).isEmpty();
            }
            assertThat(Browser.cookies(response)).hasSize(1);
            assertThat(browser.get("layers/routes/read")).isEqualTo(Bodies.count(1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "rest/blocking", "rest/uni", "rest/later", "routes/text", "routes/blocking", "vertx/text",
            "vertx/blocking", "servlet/text" })
    void pipelinedRequestsAreAnsweredInOrderAndNoneIsLost(String path) throws Exception {
        Browser browser = new Browser(base, Version.HTTP_1_1);
        browser.get("layers/vertx/text");
        try (Wire wire = new Wire(base)) {
            String request = wire.get("layers/" + path, "HTTP/1.1", "Cookie: connsid=" + browser.token());
            wire.write(request.repeat(3));
            for (int count = 2; count <= 4; count++) {
                Wire.Head head = wire.readHead();
                assertThat(head.status()).isEqualTo(200);
                assertThat(head.all("Set-Cookie")).hasSize(1);
                assertThat(text(wire.read(head.contentLength()))).isEqualTo(Bodies.count(count));
            }
        }
        assertThat(browser.get("layers/vertx/read")).isEqualTo(Bodies.count(4));
    }

    @ParameterizedTest
    @ValueSource(strings = { "rest/stream", "routes/multi", "vertx/chunked" })
    void anOldClientGetsItsCookieAndTheWholeStream(String path) throws Exception {
        try (Wire wire = new Wire(base)) {
            wire.write(wire.get("layers/" + path, "HTTP/1.0"));
            assertThat(wire.readHead().all("Set-Cookie")).hasSize(1);
            assertThat(text(wire.readToEnd())).startsWith(Bodies.chunk(0)).endsWith(Bodies.chunk(Bodies.CHUNKS - 1))
                    .hasSize(Bodies.CHUNKS * Bodies.chunk(10).length() - 10);
        }
    }

    @Test
    void aWebSocketHandshakeStoresTheSessionAndSetsTheCookie() throws Exception {
        Browser browser = new Browser(base, Version.HTTP_1_1);
        browser.get("layers/vertx/text");
        for (String query : List.of("", "?change=false")) {
            try (Wire wire = new Wire(base)) {
                wire.write(wire.get("layers/websocket" + query, "HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket",
                        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                        "Cookie: connsid=" + browser.token()));
                Wire.Head head = wire.readHead();
                assertThat(head.status()).isEqualTo(101);
                assertThat(head.all("Set-Cookie")).hasSize(query.isEmpty() ? 1 : 0);
                assertThat(browser.get("layers/rest/read")).isEqualTo(Bodies.count(2));
                assertEchoes(wire);
            }
        }
    }

    @Test
    void aWebSocketHandshakeMakesASession() throws Exception {
        Browser browser = new Browser(base, Version.HTTP_1_1);
        try (Wire wire = new Wire(base)) {
            wire.write(wire.get("layers/websocket", "HTTP/1.1", "Connection: Upgrade", "Upgrade: websocket",
                    "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
            String cookie = wire.readHead().all("Set-Cookie").get(0);
            browser.setToken(cookie.substring(Browser.COOKIE.length() + 1, cookie.indexOf(';')));
        }
        assertThat(browser.get("layers/rest/read")).isEqualTo(Bodies.count(1));
    }

    @ParameterizedTest
    @EnumSource(Version.class)
    void aStaticResourceNeverSetsACookie(Version version) throws Exception {
        Browser browser = new Browser(base, version);
        assertStaticResource(browser);
        browser.get("layers/vertx/text");
        assertStaticResource(browser);
        assertThat(browser.get("layers/vertx/read")).isEqualTo(Bodies.count(1));
    }

    private static void assertStaticResource(Browser browser) throws Exception {
        HttpResponse<byte[]> response = browser.call(new Endpoint("layers/static.txt", 200, null, null));
        assertThat(text(response.body())).isEqualTo("The same for everybody.\n");
        assertThat(Browser.cookies(response)).isEmpty();
    }

    /** One masked frame of text there, one unmasked frame back. */
    private static void assertEchoes(Wire wire) throws Exception {
        byte[] text = GREETING.getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[6 + text.length];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | text.length);
        System.arraycopy(text, 0, frame, 6, text.length);
        wire.write(frame);
        assertThat(wire.read(2)).containsExactly(0x81, text.length);
        assertThat(text(wire.read(text.length))).isEqualTo(GREETING);
    }

    static void assertWhole(Endpoint endpoint, HttpResponse<byte[]> response, int count) {
        assertThat(response.statusCode()).isEqualTo(endpoint.status());
        if (endpoint.fingerprint() != null) {
            assertThat(Bodies.fingerprint(response.body())).as(() -> "Body of " + endpoint)
                    .isEqualTo(endpoint.fingerprint().apply(count));
        }
    }

    private static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
