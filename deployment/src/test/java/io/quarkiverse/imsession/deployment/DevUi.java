package io.quarkiverse.imsession.deployment;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Calls what the pages of the Dev UI call. That of {@code quarkus-devui-test-spi} waits three seconds for each answer. */
final class DevUi {

    private static final String NAMESPACE = "quarkus-imsession";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final int port;

    DevUi(int port) {
        this.port = port;
    }

    /** The result of a method. */
    JsonNode call(String method, Map<String, Object> parameters) {
        JsonNode answer = answer(method, parameters);
        if (answer.hasNonNull("error")) {
            throw new AssertionError(method + " failed: " + answer.get("error"));
        }
        return answer.get("result").get("object");
    }

    JsonNode call(String method) {
        return call(method, Map.of());
    }

    /** Why a method failed. */
    String failure(String method, Map<String, Object> parameters) {
        return answer(method, parameters).get("error").get("message").asText();
    }

    private JsonNode answer(String method, Map<String, Object> parameters) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        WebSocket socket = HttpClient.newHttpClient().newWebSocketBuilder()
                .buildAsync(URI.create("ws://localhost:" + port + "/q/dev-ui/json-rpc-ws"), new Answer(answer)).join();
        try {
            socket.sendText(MAPPER.writeValueAsString(Map.of("jsonrpc", "2.0", "id", 1,
                    "method", NAMESPACE + "_" + method, "params", parameters)), true);
            return MAPPER.readTree(answer.get(60, TimeUnit.SECONDS));
        } catch (Exception e) {
            throw new AssertionError("No answer to " + method, e);
        } finally {
            socket.abort();
        }
    }

    /** The first message, which comes in parts. */
    private static final class Answer implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();
        private final CompletableFuture<String> answer;

        Answer(CompletableFuture<String> answer) {
            this.answer = answer;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                answer.complete(text.toString());
            }
            socket.request(1);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            answer.completeExceptionally(failure);
        }
    }
}
