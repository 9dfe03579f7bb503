package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.SocketClient;
import io.restassured.RestAssured;

/** What the checks of a session find out for its sockets. */
class CheckedSocketTest {

    @RegisterExtension
    static final TestApp APP = TestApp
            .of(Sockets.class, Sockets.OnWorker.class, SocketResource.class, ClockedStore.class, WatchedStore.class)
            .config("quarkus.arc.exclude-types", ClockedStore.class.getName())
            .config("quarkus.imsession.websockets.check-interval", "1S");

    @Inject
    WatchedStore store;

    @Test
    void socketOfASessionThatExpiresCloses() throws Exception {
        try (SocketClient socket = open()) {
            store.advance(Duration.ofHours(24).plusSeconds(11));
            assertThat(socket.closed()).isEqualTo("1008 Session ended");
        }
    }

    @Test
    void socketOfASessionThatAnotherInstanceReplacedCloses() throws Exception {
        try (SocketClient socket = open()) {
            store.replaced = true;
            assertThat(socket.closed()).isEqualTo("1008 Session ended");
        } finally {
            store.replaced = false;
        }
    }

    @Test
    void socketStaysWhileTheStoreCannotBeReached() throws Exception {
        try (SocketClient socket = open()) {
            store.reachable = false;
            int before = store.failed.get();
            await().until(() -> store.failed.get() >= before + 2);
            assertThat(socket.ask("user")).isEqualTo("ada");

            store.reachable = true;
            store.advance(Duration.ofHours(24).plusSeconds(11));
            assertThat(socket.closed()).isEqualTo("1008 Session ended");
        }
    }

    private static SocketClient open() throws InterruptedException {
        String token = Client.token(Client.get("/login?user=ada", null));
        SocketClient socket = SocketClient.open(RestAssured.port, "/sockets/worker", "Cookie", Client.COOKIE + '=' + token);
        assertThat(socket.receive()).isEqualTo("ada");
        return socket;
    }
}
