package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.docs.Chat;
import io.quarkiverse.imsession.docs.SocketSamples;
import io.quarkiverse.imsession.runtime.websockets.SessionSockets;
import io.quarkiverse.imsession.test.SocketClient;
import io.restassured.RestAssured;

/** The page "WebSockets", in an application that leaves sockets open. */
@Tag("further")
class WebSocketsPageTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Chat.class, SocketSamples.class).with(SocketSamples.class.getDeclaredClasses())
            .config("quarkus.imsession.websockets.close-on-end", "false");

    @Inject
    SessionSockets sockets;

    @Test
    void socketTalksToItsUser() throws Exception {
        try (SocketClient chat = SocketClient.open(RestAssured.port, "/chat")) {
            assertThat(chat.receive()).isEqualTo("Hello stranger");
            assertThat(chat.ask("hi")).isEqualTo("stranger: hi");
        }
    }

    @Test
    void socketChangesTheSessionByItsIdAndIsNotTracked() throws Exception {
        String token = Client.token(Client.get("/start", null));
        try (SocketClient theme = SocketClient.open(RestAssured.port, "/theme", "Cookie", Client.COOKIE + '=' + token)) {
            assertThat(theme.receive()).isEqualTo("light");
            assertThat(theme.ask("dark")).isEqualTo("dark");
            assertThat(sockets.size()).isZero();
        }
        assertThat(Client.get("/start/theme", token).asString()).isEqualTo("dark");
    }
}
