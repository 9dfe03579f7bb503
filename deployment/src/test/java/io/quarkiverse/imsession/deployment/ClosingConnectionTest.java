package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.restassured.RestAssured;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;

/** Whoever ends a response and then its connection delivers the response, also while the session is being stored. */
class ClosingConnectionTest {

    private static final int PATIENCE_SECONDS = 20;

    @RegisterExtension
    static final TestApp APP = TestApp.of(ClosingConnectionRoutes.class, HeldStore.class);

    @Inject
    ClosingConnectionRoutes routes;

    @Inject
    HeldStore store;

    @ParameterizedTest
    @ValueSource(strings = { "closing/connection", "closing/connection-known-before", "closing/connection-twice",
            "closing/response", "closing/chunks", "closing/file", "closing-in-a-worker/connection",
            "closing-in-a-worker/connection-known-before", "closing-in-a-worker/response", "closing-in-a-worker/chunks" })
    void responseIsDeliveredBeforeItsConnectionIsClosed(String path) throws Exception {
        try (Socket socket = send(path + "?store=works")) {
            // In two chunks at the most.
            assertThat(readToEnd(socket)).startsWith("HTTP/1.1 200 ").contains("set-cookie: connsid=").contains("ivered");
        }
        assertClosed(path);
    }

    @ParameterizedTest
    @ValueSource(strings = { "closing/connection", "closing/response", "closing/chunks", "closing/file",
            "closing-in-a-worker/connection", "closing-in-a-worker/response" })
    void errorIsDeliveredBeforeTheConnectionIsClosedIfTheSessionCannotBeStored(String path) throws Exception {
        try (Socket socket = send(path + "?store=fails")) {
            assertThat(readToEnd(socket)).startsWith("HTTP/1.1 503 ").doesNotContain("set-cookie").doesNotContain("delivered");
        }
        assertClosed(path);
    }

    @Test
    void whatWasWrittenOfAnUnfinishedResponseIsDelivered() throws Exception {
        try (Socket socket = send("closing/unfinished?store=works")) {
            assertThat(readToEnd(socket)).startsWith("HTTP/1.1 200 ").endsWith("delivered");
        }
        assertClosed("closing/unfinished");
    }

    @ParameterizedTest
    @ValueSource(strings = { "closing/connection", "closing/connection-known-before", "closing/connection-twice",
            "closing/response", "closing/chunks", "closing-in-a-worker/connection", "closing-in-a-worker/response" })
    void responseIsDeliveredBeforeItsHttp2ConnectionIsClosed(String path) throws Exception {
        assertThat(getHttp2(path + "?store=works", true)).isEqualTo("200 delivered true");
        assertThat(getHttp2(path + "?store=fails", true)).startsWith("503 ").endsWith(" false");
        assertClosed(path);
    }

    /** As without sessions: a stream that has ended is not reset. */
    @ParameterizedTest
    @ValueSource(strings = { "closing/reset", "closing-in-a-worker/reset" })
    void responseIsDeliveredBeforeItsStreamIsReset(String path) throws Exception {
        assertThat(getHttp2(path + "?store=works", false)).isEqualTo("200 delivered true");
        try (Socket socket = send(path + "?store=works", "Connection: close\r\n")) {
            assertThat(readToEnd(socket)).startsWith("HTTP/1.1 200 ").contains("delivered");
        }
    }

    @Test
    void connectionOfAClientThatHasLeftIsClosedAllTheSame() throws Exception {
        CompletableFuture<Void> begun = routes.next();
        Socket socket = send("closing/connection");
        begun.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        socket.setSoLinger(true, 0);
        socket.close();
        routes.left().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        store.release(true);
        assertClosed("closing/connection");
        Client.get("/plain", null).then().statusCode(200);
    }

    private void assertClosed(String path) throws Exception {
        if (!path.endsWith("response")) {
            routes.closed().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Socket send(String path) throws IOException {
        return send(path, "");
    }

    private static Socket send(String path, String headers) throws IOException {
        Socket socket = new Socket("localhost", RestAssured.port);
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        socket.getOutputStream()
                .write(("GET /" + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String readToEnd(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /** Status, body and whether there is a cookie. */
    private static String getHttp2(String path, boolean closed) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            CompletableFuture<Void> closing = new CompletableFuture<>();
            HttpClient client = vertx.httpClientBuilder().withConnectHandler(
                    connection -> connection.closeHandler(ignored -> closing.complete(null)))
                    .with(new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false))
                    .build();
            String answer = client.request(HttpMethod.GET, RestAssured.port, "localhost", "/" + path)
                    .compose(request -> request.send())
                    .compose(response -> response.body().map(
                            body -> response.statusCode() + " " + body + " " + response.headers().contains("set-cookie")))
                    .toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (closed) {
                closing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            return answer;
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
