package io.quarkiverse.imsession.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The client of a WebSocket. */
public final class SocketClient implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final long PATIENCE_SECONDS = 120;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private WebSocket socket;

    private SocketClient() {
    }

    /**
     * Opens a socket.
     *
     * @param headers names and values
     */
    public static SocketClient open(int port, String path, String... headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        SocketClient client = new SocketClient();
        client.socket = builder.buildAsync(URI.create("ws://localhost:" + port + path), client).join();
        return client;
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            received.add(text.toString());
            text.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
        closed.complete(status + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable failure) {
        closed.completeExceptionally(failure);
    }

    /** The next message. */
    public String receive() throws InterruptedException {
        String message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("No message came");
        }
        return message;
    }

    /** The answer to a message. */
    public String ask(String message) throws InterruptedException {
        send(message);
        return receive();
    }

    public void send(String message) {
        socket.sendText(message, true).join();
    }

    /** Code and reason. */
    public String closed() throws Exception {
        return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        // It may be closed already, or at this moment, by the server.
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(failure -> socket).join();
    }
}
