package io.quarkiverse.imsession.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.websockets.next.BasicWebSocketConnector;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketClientConnection;

/** The WebSockets of an application have the session of their handshake in tests too. */
@QuarkusTest
class SocketTest {

    @WebSocket(path = "/chat")
    public static class Chat {

        @Inject
        ImSession session;

        @OnOpen
        String greet() {
            return "Hello " + session.principal().orElse("stranger");
        }
    }

    @Inject
    TestSessions sessions;

    @TestHTTPResource
    URI application;

    @Test
    void socketHasTheSessionOfItsHandshake() throws Exception {
        TestSession ada = sessions.create(session -> session.login("ada", Set.of()));
        assertThat(greeting(ada.headers())).isEqualTo("Hello ada");
    }

    @Test
    @WithSession(user = "eve")
    void socketWithoutATokenHasNotTheSessionOfTheTest() throws Exception {
        assertThat(greeting(Map.of())).isEqualTo("Hello stranger");
        assertThat(greeting(sessions.current().headers())).isEqualTo("Hello eve");
    }

    private String greeting(Map<String, String> headers) throws Exception {
        CompletableFuture<String> greeting = new CompletableFuture<>();
        BasicWebSocketConnector connector = BasicWebSocketConnector.create().baseUri(application).path("/chat")
                .addHeader("Origin", "http://" + application.getAuthority())
                .onTextMessage((connection, text) -> greeting.complete(text));
        headers.forEach(connector::addHeader);
        WebSocketClientConnection connection = connector.connectAndAwait();
        try {
            return greeting.get(60, TimeUnit.SECONDS);
        } finally {
            connection.closeAndAwait();
        }
    }
}
