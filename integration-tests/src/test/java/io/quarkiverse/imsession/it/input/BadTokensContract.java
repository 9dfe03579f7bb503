package io.quarkiverse.imsession.it.input;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.imsession.it.Client;
import io.restassured.RestAssured;

/** Whatever a client sends as its token: it is no session unless it is the right one, and never an error. */
abstract class BadTokensContract {

    private static final int SOCKET_TIMEOUT_MILLIS = 60_000;

    private final Client client = new Client();

    /** Runs a request and asserts how many commands the store saw, if it can be looked into. */
    abstract void assertStoreCommands(int most, ThrowingRunnable request) throws Exception;

    static Stream<String> malformedTokens() {
        String id = "A".repeat(22);
        return Stream.of("", "x", ".", id, id + ".", id + "." + "B".repeat(31), id + "." + "B".repeat(33),
                id + "-" + "B".repeat(32),
                id + "." + "B".repeat(31) + "!", "\u00e4".repeat(22) + "." + "B".repeat(32),
                "\"" + id + "." + "B".repeat(32) + "\"",
                "a".repeat(6000), "../../etc/passwd", "{}", "imsession:{" + id + "}", "null", "%00%00",
                id + "." + "B".repeat(32) + " x",
                id.toLowerCase() + "." + id + id);
    }

    @ParameterizedTest
    @MethodSource("malformedTokens")
    void malformedTokenIsNoSessionAndNeverReachesTheStore(String token) throws Exception {
        assertStoreCommands(0, () -> assertNoSession(raw("Cookie: connsid=" + token)));
    }

    @Test
    void unknownTokenIsNoSessionAndIsNeverAdopted() throws Exception {
        String unknown = "A".repeat(22) + "." + "B".repeat(32);
        assertStoreCommands(1, () -> assertNoSession(raw("Cookie: connsid=" + unknown)));

        String made = Client.token(client.post("/races/set", unknown)).orElseThrow();
        assertThat(made).doesNotStartWith("A".repeat(22));
    }

    @Test
    void rightIdWithAWrongSecretIsNoSession() throws Exception {
        String token = newSession();
        String forged = token.substring(0, 23) + "C".repeat(32);
        assertStoreCommands(1, () -> assertNoSession(raw("Cookie: connsid=" + forged)));
        assertThat(client.post("/races/read", token).body()).contains("\"exists\":true");

        client.post("/races/destroy", forged);
        assertThat(client.post("/races/read", token).body()).contains("\"exists\":true");
    }

    @Test
    void cookiesOfSimilarNamesAreIgnored() throws Exception {
        String token = newSession();
        String body = raw("Cookie: xconnsid=1; connsid2=2; CONNSID=3; connsid=" + token + "; other=connsid=4");
        assertThat(body).contains("\"exists\":true");
    }

    @Test
    void authorizationHeaderIsIgnoredUnlessConfigured() throws Exception {
        String token = newSession();
        assertStoreCommands(0, () -> assertNoSession(raw("Authorization: Bearer " + token)));
    }

    @Test
    void tokenInTheUrlIsIgnored() throws Exception {
        String token = newSession();
        assertStoreCommands(0,
                () -> assertThat(client.post("/races/read?connsid=" + token, null).body()).contains("\"exists\":false"));
    }

    @Test
    void controlCharactersAreRefusedByTheServer() throws Exception {
        assertThat(raw("Cookie: connsid=\u0001\u0002\u007f")).startsWith("HTTP/1.1 400");
    }

    @Test
    void hugeCookieHeaderIsRefusedByTheServerAndDoesNotHang() throws Exception {
        String response = send("Cookie: connsid=" + "a".repeat(100_000));
        assertThat(response).startsWith("HTTP/1.1 431");
    }

    private String newSession() {
        return Client.token(client.post("/races/set", null)).orElseThrow();
    }

    private static void assertNoSession(String response) {
        assertThat(response).startsWith("HTTP/1.1 200").contains("\"exists\":false").doesNotContainIgnoringCase("set-cookie");
    }

    private static String raw(String... headers) throws IOException {
        return send(headers);
    }

    /** Sends the headers as they are: HTTP clients refuse most of these. */
    private static String send(String... headers) throws IOException {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.setSoTimeout(SOCKET_TIMEOUT_MILLIS);
            OutputStream out = socket.getOutputStream();
            String request = "POST /races/read HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 0\r\n"
                    + String.join("\r\n", headers) + "\r\n\r\n";
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            StringBuilder response = new StringBuilder();
            try {
                for (int c = in.read(); c >= 0; c = in.read()) {
                    response.append((char) c);
                }
            } catch (IOException e) {
                // A server that refuses a request resets the connection after its answer.
                assertThat(response).isNotEmpty();
            }
            return response.toString();
        }
    }

    /** What a test does while commands are counted. */
    @FunctionalInterface
    interface ThrowingRunnable {
        void run() throws Exception;
    }
}
