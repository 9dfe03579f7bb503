package io.quarkiverse.imsession.it.csrf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkiverse.imsession.test.RedisServer.ThrowingRunnable;
import io.quarkus.test.common.http.TestHTTPResource;

/** Forms of every layer of Quarkus that prove to come from the application's own pages, and such that do not. */
abstract class CsrfContract {

    private static final String REFUSED_ORIGIN = "403 The request came from another site, so it was refused."
            + " Nothing was stored.";
    private static final String REFUSED_TOKEN = "403 The request came from a page that is out of date."
            + " Load the page again, then try once more. Nothing was stored.";
    private static final int MEGABYTE = 1024 * 1024;
    private static final Duration TIMEOUT = Duration.ofSeconds(120);
    private static final byte[] FILE = random(MEGABYTE);
    private static final Map<Version, HttpClient> CLIENTS = Map.of(Version.HTTP_1_1, client(Version.HTTP_1_1),
            Version.HTTP_2, client(Version.HTTP_2));

    @TestHTTPResource("/")
    URI base;

    private String session;
    private String token;

    @BeforeEach
    void openPage() throws Exception {
        HttpResponse<String> page = CLIENTS.get(Version.HTTP_1_1).send(request("forms/token").build(), BodyHandlers.ofString());
        String cookie = page.headers().firstValue("Set-Cookie").orElseThrow();
        session = cookie.substring(0, cookie.indexOf(';'));
        token = page.body();
        assertThat(token).hasSize(86);
        // An HTTP/2 connection without TLS begins with an upgrade, which needs a request without a body.
        assertThat(CLIENTS.get(Version.HTTP_2).send(request("forms/token").build(), BodyHandlers.ofString()).version())
                .isEqualTo(Version.HTTP_2);
    }

    @ParameterizedTest
    @ValueSource(strings = { "rest/form", "rest/form-on-event-loop", "rest/map", "servlet/form", "routes/form", "vertx/form",
            "vertx/merged", "vertx/form-by-hand", "vertx/parts-by-hand" })
    void formIsReadByEveryLayer(String path) throws Exception {
        String text = "hällo & good=bye";
        Form form = Form.urlEncoded("csrf-token", token, "text", text);
        Form last = Form.urlEncoded("text", text, "csrf-token", token);
        Form bare = Form.urlEncoded("text", text);
        String told = path.endsWith("by-hand") && path.contains("parts") ? Received.of(text, new byte[0]) : Received.of(text);
        for (Version version : Version.values()) {
            assertThat(post(path, form, version)).isEqualTo("200 " + told);
            assertThat(post(path, last, version)).isEqualTo("200 " + told);
            assertThat(post(path, form, version, true)).as("in chunks").isEqualTo("200 " + told);
            assertThat(postWithHeader(path, bare, version)).isEqualTo("200 " + told);
            assertThat(post(path, bare, version)).isEqualTo(REFUSED_TOKEN);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "rest/parts", "rest/parts-by-hand", "servlet/parts", "routes/parts", "vertx/parts",
            "vertx/parts-by-hand" })
    void formWithAFileIsReadByEveryLayer(String path) throws Exception {
        for (int size : new int[] { 0, 10, 40_000, MEGABYTE }) {
            byte[] file = Arrays.copyOf(FILE, size);
            Form form = Form.parts().text("csrf-token", token).text("text", "hällo").file("file", file).end();
            Form bare = Form.parts().text("text", "hällo").file("file", file).end();
            String told = Received.of("hällo", file);
            for (Version version : Version.values()) {
                assertThat(post(path, form, version)).as("%s bytes", size).isEqualTo("200 " + told);
                assertThat(post(path, form, version, true)).as("%s bytes in chunks", size).isEqualTo("200 " + told);
                assertThat(postWithHeader(path, bare, version)).isEqualTo("200 " + told);
                assertThat(post(path, bare, version)).isEqualTo(REFUSED_TOKEN);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "rest/bytes", "rest/stream", "servlet/bytes", "vertx/bytes", "vertx/chunks", "vertx/later" })
    void formIsWholeForWhoReadsItsBytes(String path) throws Exception {
        Form small = Form.urlEncoded("text", "x", "csrf-token", token);
        Form large = Form.parts().text("csrf-token", token).file("file", FILE).end();
        Form late = Form.parts().file("file", random(40_000)).text("csrf-token", token).file("more", FILE).end();
        for (Version version : Version.values()) {
            for (Form form : new Form[] { small, large, late }) {
                assertThat(post(path, form, version)).isEqualTo("200 " + Received.fingerprint(form.body()));
                assertThat(post(path, form, version, true)).isEqualTo("200 " + Received.fingerprint(form.body()));
            }
        }
    }

    /** What a servlet does not limit. Others refuse fields of that size with or without a token. */
    @Test
    void longFieldsReachAServlet() throws Exception {
        String text = "long text ".repeat(5000);
        for (Version version : Version.values()) {
            assertThat(post("servlet/form", Form.urlEncoded("csrf-token", token, "text", text), version))
                    .isEqualTo("200 " + Received.of(text));
            assertThat(post("servlet/form", Form.urlEncoded("text", text, "csrf-token", token), version))
                    .isEqualTo("200 " + Received.of(text));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokenBehindALargeFileIsNotLookedFor(Version version) throws Exception {
        Form form = Form.parts().file("file", FILE).text("csrf-token", token).end();
        for (int i = 0; i < 3; i++) {
            assertThat(post("rest/parts", form, version)).isEqualTo(REFUSED_TOKEN);
        }
        assertThat(post("vertx/ignored", Form.parts().text("csrf-token", token).file("file", FILE).end(), version))
                .isEqualTo("200 not read");
        assertThat(post("rest/form", Form.urlEncoded("csrf-token", token, "text", "x"), version)).as("on the same connection")
                .isEqualTo("200 " + Received.of("x"));
    }

    @Test
    void clientThatWaitsIsAskedToContinue() throws Exception {
        Form form = Form.parts().text("csrf-token", token).text("text", "x").file("file", FILE).end();
        for (String path : new String[] { "rest/parts", "servlet/parts", "vertx/parts", "vertx/parts-by-hand" }) {
            HttpRequest request = own(path, form).expectContinue(true).POST(BodyPublishers.ofByteArray(form.body())).build();
            assertThat(send(request, Version.HTTP_1_1)).isEqualTo("200 " + Received.of("x", FILE));
        }
    }

    @ParameterizedTest
    @CsvSource({ "field, ''", "header, 'X-CSRF-Token: '" })
    void largeUploadReachesTheApplicationBeforeItsEnd(String where, String header) throws Exception {
        Form.Parts parts = where.equals("field") ? Form.parts().text("csrf-token", token) : Form.parts();
        Form beginning = parts.file("file", random(1000)).unfinished();
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout((int) TIMEOUT.toMillis());
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + base.getPath() + "forms/vertx/begin HTTP/1.1\r\nHost: " + base.getAuthority() + "\r\nCookie: "
                    + session + "\r\nSec-Fetch-Site: same-origin\r\nContent-Type: " + beginning.contentType()
                    + "\r\nContent-Length: 5000000\r\n" + (header.isEmpty() ? "" : header + token + "\r\n") + "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(beginning.body());
            out.flush();
            assertThat(readUntil(socket.getInputStream(), "begun ")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void requestOfAnotherOriginIsRefused() throws Exception {
        Form form = Form.urlEncoded("csrf-token", token, "text", "x");
        for (String path : new String[] { "rest/form", "servlet/form", "routes/form", "vertx/form" }) {
            HttpRequest.Builder evil = request("forms/" + path).header("Content-Type", form.contentType())
                    .header("Origin", "https://evil.example").POST(BodyPublishers.ofByteArray(form.body()));
            assertThat(send(evil.build(), Version.HTTP_1_1)).isEqualTo(REFUSED_ORIGIN);
            assertThat(send(evil.copy().setHeader("Origin", "http://" + base.getAuthority()).build(), Version.HTTP_1_1))
                    .isEqualTo("200 " + Received.of("x"));
        }
    }

    @Test
    void refusalIsAnsweredByAReactiveRouteOfTheApplication() throws Exception {
        Form form = Form.urlEncoded("text", "x");
        for (Version version : Version.values()) {
            assertThat(send(own("refused/form", form).POST(BodyPublishers.ofByteArray(form.body())).build(), version))
                    .isEqualTo("403 Refused for TOKEN in a session with 1 field");
            assertThat(send(own("refused/form", form).setHeader("Sec-Fetch-Site", "cross-site")
                    .POST(BodyPublishers.ofByteArray(form.body())).build(), version))
                    .isEqualTo("403 Refused for ORIGIN in a session with 1 field");
        }
    }

    @Test
    void webSocketOfAnotherOriginIsRefused() throws Exception {
        openWebSocket("http://" + base.getAuthority()).sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        assertThatThrownBy(() -> openWebSocket("https://evil.example")).hasStackTraceContaining("WebSocketHandshakeException");
        assertThatThrownBy(() -> openWebSocket("null")).hasStackTraceContaining("WebSocketHandshakeException");
    }

    @Test
    void showingAFormCostsOneLoadAndNoWrite() throws Exception {
        assertOneLoad(() -> {
            HttpResponse<String> page = CLIENTS.get(Version.HTTP_1_1).send(request("forms/page").build(),
                    BodyHandlers.ofString());
            assertThat(page.body()).containsPattern("name=\"csrf-token\" value=\"[A-Za-z0-9_-]{86}\"");
        });
    }

    /** The store is asked once. */
    void assertOneLoad(ThrowingRunnable request) throws Exception {
        assertThat(RedisTestResource.server().count(request)).isEqualTo(Map.of("hgetall", 1));
    }

    private WebSocket openWebSocket(String origin) {
        URI uri = URI.create("ws" + base.toString().substring(4) + "layers/websocket");
        return CLIENTS.get(Version.HTTP_1_1).newWebSocketBuilder().header("Cookie", session).header("Origin", origin)
                .buildAsync(uri, new WebSocket.Listener() {
                }).join();
    }

    private String post(String path, Form form, Version version) throws Exception {
        return post(path, form, version, false);
    }

    private String post(String path, Form form, Version version, boolean chunked) throws Exception {
        BodyPublisher body = chunked ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(form.body()))
                : BodyPublishers.ofByteArray(form.body());
        return send(own(path, form).POST(body).build(), version);
    }

    private String postWithHeader(String path, Form form, Version version) throws Exception {
        return send(own(path, form).header("X-CSRF-Token", token).POST(BodyPublishers.ofByteArray(form.body())).build(),
                version);
    }

    private HttpRequest.Builder own(String path, Form form) {
        return request("forms/" + path).header("Content-Type", form.contentType()).header("Sec-Fetch-Site", "same-origin");
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        return session == null ? request : request.header("Cookie", session);
    }

    private static String send(HttpRequest request, Version version) throws Exception {
        HttpResponse<String> response = CLIENTS.get(version).send(request, BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private static String readUntil(InputStream in, String end) throws IOException {
        StringBuilder read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("The server closed the connection after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder().version(version).connectTimeout(TIMEOUT).build();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** Enforcement is a matter of run-time settings, so the packaged application needs no build of its own. */
    public static class Profile extends RedisProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.put("quarkus.imsession.csrf.mode", "both");
            return config;
        }
    }
}
