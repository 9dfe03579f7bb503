package io.quarkiverse.imsession.it.csrf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.it.Wire;
import io.quarkus.test.common.http.TestHTTPResource;

/** Forms that come in very small pieces, with limits under which the decoder of Vert.x would take minutes for some of them. */
abstract class FormChunksContract {

    private static final int LIMIT = 64 * 1024;
    private static final String URL_ENCODED = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=b";

    @TestHTTPResource("/")
    URI base;

    private String cookie;
    private String token;

    /** Bodies without a token, of as many bytes as are looked into. */
    static List<Form> hostile() {
        String part = "--b\r\nContent-Disposition: form-data; name=";
        return List.of(form(URL_ENCODED, "", "a"), form(URL_ENCODED, "", "a&"), form(URL_ENCODED, "", "&"),
                form(URL_ENCODED, "", "a;"), form(URL_ENCODED, "a=", "a"), form(URL_ENCODED, "a=", "%41"),
                form(MULTIPART, "", "x"), form(MULTIPART, "", "-"), form(MULTIPART, "", "\r\n"),
                form(MULTIPART, "--b\r\n", "x"),
                form(MULTIPART, "--b\r\n", "x: y\r\n"), form(MULTIPART, "--b\r\nContent-Disposition: form-data", ";a=b"),
                form(MULTIPART, part + "a\r\n\r\n", "\r\n"), form(MULTIPART, part + "a\r\n\r\n", "\r\n--c"),
                form(MULTIPART, part + "csrf-token\r\n\r\n", "a"), form(MULTIPART, "", part + "a\r\n\r\n\r\n"),
                form("multipart/form-data; boundary=" + "-".repeat(69) + "x", "", "-"),
                form("multipart/form-data; boundary=" + "-".repeat(6000) + "x", "", "-"));
    }

    @BeforeEach
    void openPage() {
        HttpResponse<String> page = new Client().get("/forms/token", null);
        cookie = "connsid=" + Client.token(page).orElseThrow();
        token = page.body();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileFormInSmallestChunksIsRefusedSoon(Form form) throws Exception {
        assertThat(post("vertx/form", form, 1)).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = { "rest/form", "rest/form-on-event-loop", "rest/map", "servlet/form", "routes/form", "vertx/form",
            "vertx/merged", "vertx/form-by-hand" })
    void formInSmallestChunksIsReadByEveryLayer(String path) throws Exception {
        String text = "hällo & good=bye ".repeat(100);
        for (Form form : List.of(Form.urlEncoded("csrf-token", token, "text", text),
                Form.urlEncoded("text", text, "csrf-token", token))) {
            for (int chunk : new int[] { 1, 2, 7, 5000 }) {
                assertThat(postAndRead(path, form, chunk)).as("chunks of %s bytes", chunk).isEqualTo(Received.of(text));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "rest/parts", "rest/parts-by-hand", "servlet/parts", "routes/parts", "vertx/parts",
            "vertx/parts-by-hand" })
    void formWithAFileInSmallestChunksIsReadByEveryLayer(String path) throws Exception {
        byte[] file = "content of a file\r\n--b".repeat(200).getBytes(StandardCharsets.US_ASCII);
        Form form = Form.parts().text("csrf-token", token).text("text", "hällo").file("file", file).end();
        Form last = Form.parts().text("text", "hällo").file("file", file).text("csrf-token", token).end();
        for (int chunk : new int[] { 1, 2, 7, 5000 }) {
            assertThat(postAndRead(path, last, chunk)).as("chunks of %s bytes", chunk).isEqualTo(Received.of("hällo", file));
            // Where Vert.x decodes what comes after the token, a line break that comes in two chunks adds a CR to the value.
            if (chunk == 5000 || !path.startsWith("vertx") && !path.startsWith("routes")) {
                assertThat(postAndRead(path, form, chunk)).isEqualTo(Received.of("hällo", file));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "rest/bytes", "rest/stream", "servlet/bytes", "routes/bytes", "vertx/bytes", "vertx/chunks",
            "vertx/later" })
    void formInSmallestChunksIsWholeForWhoReadsItsBytes(String path) throws Exception {
        Form form = Form.urlEncoded("text", "x".repeat(5000), "csrf-token", token, "more", "y".repeat(5000));
        assertThat(postAndRead(path, form, 1)).isEqualTo(Received.fingerprint(form.body()));
    }

    @Test
    void largerLimitsHoldForFormsThatWereLookedInto() throws Exception {
        String text = "x".repeat(LIMIT - 100);
        assertThat(postAndRead("vertx/form", Form.urlEncoded("csrf-token", token, "text", text), 5000))
                .isEqualTo(Received.of(text));
    }

    private int post(String path, Form form, int chunk) throws Exception {
        try (Wire wire = new Wire(base)) {
            send(wire, path, form, chunk);
            return wire.readHead().status();
        }
    }

    private String postAndRead(String path, Form form, int chunk) throws Exception {
        try (Wire wire = new Wire(base)) {
            send(wire, path, form, chunk);
            Wire.Head head = wire.readHead();
            String body = new String(wire.readBody(head), StandardCharsets.UTF_8);
            assertThat(head.status()).as(body).isEqualTo(200);
            return body;
        }
    }

    private void send(Wire wire, String path, Form form, int chunk) throws Exception {
        wire.write(wire.request("POST", "forms/" + path, "HTTP/1.1", "Cookie: " + cookie, "Sec-Fetch-Site: same-origin",
                "Content-Type: " + form.contentType(), "Transfer-Encoding: chunked"));
        wire.write(chunked(form.body(), chunk));
    }

    private static byte[] chunked(byte[] body, int size) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        for (int start = 0; start < body.length; start += size) {
            byte[] chunk = Arrays.copyOfRange(body, start, Math.min(start + size, body.length));
            chunks.writeBytes((Integer.toHexString(chunk.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            chunks.writeBytes(chunk);
            chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunks.toByteArray();
    }

    private static Form form(String contentType, String begin, String repeated) {
        String body = begin + repeated.repeat((LIMIT - begin.length()) / repeated.length());
        return new Form(contentType, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    public static class Profile extends RedisProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.put("quarkus.imsession.csrf.enabled", "true");
            // A machine that is busy elsewhere is no fault.
            config.put("quarkus.imsession.redis.command-timeout", "20S");
            config.put("quarkus.imsession.csrf.mode", "token");
            config.put("quarkus.http.limits.max-form-buffered-bytes", "1M");
            config.put("quarkus.http.limits.max-form-attribute-size", "1M");
            return config;
        }
    }
}
