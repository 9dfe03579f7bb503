package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.websockets.SessionSockets;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.test.SocketClient;
import io.restassured.RestAssured;

/** What a WebSocket has of the session that it was opened with, wherever sessions are kept. */
abstract class WebSocketContract {

    static final String ENDED = "1008 Session ended";

    private final List<SocketClient> opened = new ArrayList<>();

    @Inject
    SessionStore store;

    @Inject
    SessionSockets sockets;

    static TestApp app() {
        return TestApp
                .of(Sockets.class, Sockets.OnEventLoop.class, Sockets.OnWorker.class, Sockets.OnStream.class,
                        Sockets.OfValues.class, Sockets.Ending.class, Sockets.Late.class,
                        Sockets.Excluded.class, Sockets.UpgradeCheck.class,
                        SocketResource.class,
                        WebSocketContract.class)
                .config("quarkus.imsession.references.\"user\".indexed", "true")
                .config("quarkus.imsession.exclude-paths", "/sockets/excluded")
                .config("quarkus.imsession.websockets.check-interval", "1S")
                .logs(Level.SEVERE, log -> assertThat(log).isEmpty());
    }

    @AfterEach
    void nothingIsLeftOfClosedSockets() {
        opened.forEach(SocketClient::close);
        await().untilAsserted(() -> assertThat(sockets.size()).isZero());
    }

    @ParameterizedTest
    @ValueSource(strings = { "event-loop", "worker", "stream" })
    void socketSeesTheSessionAsItWasAtTheUpgrade(String kind) throws Exception {
        String token = logIn("ada");
        SocketClient socket = open(kind, token);
        assertThat(socket.receive()).isEqualTo("ada");

        get("/rename?user=bob", token);

        assertThat(socket.ask("user")).isEqualTo("ada");
        assertThat(socket.ask("id")).isEqualTo(id(token));
        SocketClient later = open(kind, token);
        assertThat(later.receive()).isEqualTo("bob");
    }

    @Test
    void valuesAreInjectedIntoSockets() throws Exception {
        SocketClient socket = open("values", logIn("ada"));
        assertThat(socket.receive()).isEqualTo("ada");
        assertThat(socket.ask("again")).isEqualTo("ada");
    }

    @ParameterizedTest
    @ValueSource(strings = { "event-loop", "worker", "stream" })
    void changeInASocketIsStoredByACommitOnly(String kind) throws Exception {
        String token = logIn("ada");
        SocketClient socket = open(kind, token);
        socket.receive();

        for (String change : List.of("touch", "touchFor", "label", "update")) {
            assertThat(socket.ask(change)).isEqualTo("changed");
        }
        assertThat(socket.ask("user")).isEqualTo("eve");
        assertThat(Client.get("/user", token).asString()).isEqualTo("ada");
        // The socket does not wait for its commit.
        assertThat(socket.ask("commit")).isEqualTo("committed");
        await().pollDelay(Duration.ZERO).until(() -> Client.get("/user", token).asString().equals("eve"));
    }

    @ParameterizedTest
    @ValueSource(strings = { "event-loop", "worker", "stream" })
    void changeThatNeedsACookieIsRefusedInASocket(String kind) throws Exception {
        String token = logIn("ada");
        SocketClient socket = open(kind, token);
        socket.receive();

        assertThat(socket.ask("renew")).startsWith("ImSession.renew() was called in a WebSocket").contains("HTTP request");
        assertThat(socket.ask("user")).isEqualTo("ada");
        SocketClient without = open(kind, null);
        without.receive();
        assertThat(without.ask("set")).startsWith("ImSession.set() was called in a WebSocket");
    }

    @Test
    void socketThatEndsItsSessionIsClosed() throws Exception {
        String token = logIn("ada");
        SocketClient socket = open("worker", token);
        socket.receive();
        assertThat(socket.ask("destroy")).isEqualTo("changed");
        socket.send("commit");
        assertThat(socket.closed()).isEqualTo(ENDED);
        assertThat(Client.get("/user", token).asString()).isEqualTo("-");
    }

    @Test
    void socketThatEndsItsSessionWhileItIsOpenedIsClosed() throws Exception {
        String token = logIn("ada");
        assertThat(open("ending", token).closed()).isEqualTo(ENDED);
        assertThat(Client.get("/user", token).asString()).isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(strings = { "log-out", "by-id", "by-user", "every" })
    void socketsOfASessionCloseWhenItEndsAndOthersStay(String how) throws Exception {
        String ada = logIn("ada-" + how);
        String bob = logIn("bob");
        SocketClient one = open("event-loop", ada);
        SocketClient two = open("worker", ada);
        SocketClient others = open("worker", bob);
        SocketClient without = open("worker", null);
        others.receive();

        get("/end/" + how + "?user=ada-" + how + "&id=" + id(ada), how.equals("log-out") ? ada : null);

        assertThat(one.closed()).isEqualTo(ENDED);
        assertThat(two.closed()).isEqualTo(ENDED);
        assertThat(without.receive()).isEqualTo("-");
        assertThat(without.ask("id")).isEqualTo("-");
        if (how.equals("every")) {
            assertThat(others.closed()).isEqualTo(ENDED);
        } else {
            assertThat(others.ask("user")).isEqualTo("bob");
        }
    }

    @Test
    void socketStaysWhenTheTokenIsRenewedAndClosesWithTheSession() throws Exception {
        String before = logIn("ada");
        SocketClient socket = open("worker", before);
        socket.receive();
        String after = Client.token(Client.get("/renew", before));

        // By then the store has been asked at least once.
        SocketClient later = open("worker", after);
        later.receive();
        store.destroy(new SessionId(id(logIn("somebody")))).toCompletableFuture().join();
        assertThat(socket.ask("user")).isEqualTo("ada");

        get("/end/log-out", after);
        assertThat(socket.closed()).isEqualTo(ENDED);
        assertThat(later.closed()).isEqualTo(ENDED);
    }

    @Test
    void socketOfASessionThatEndedElsewhereClosesAtTheNextCheck() throws Exception {
        String token = logIn("ada");
        SocketClient socket = open("event-loop", token);
        socket.receive();

        endElsewhere(token);

        assertThat(socket.closed()).isEqualTo(ENDED);
    }

    @Test
    void socketOfASessionThatEndsDuringTheUpgradeCloses() throws Exception {
        assertThat(open("worker?end", logIn("ada")).closed()).isEqualTo(ENDED);
    }

    @Test
    void upgradeMayBeCheckedOnAnyThread() throws Exception {
        String token = logIn("ada");
        SocketClient socket = open("worker?elsewhere", token);
        assertThat(socket.receive()).isEqualTo("ada");

        get("/end/log-out", token);

        assertThat(socket.closed()).isEqualTo(ENDED);
    }

    @Test
    void sessionThatTheUpgradeMakesIsThatOfTheSocket() throws Exception {
        SocketClient socket = open("worker?make", null);
        assertThat(socket.receive()).isEqualTo("newcomer");
        String id = socket.ask("id");

        get("/end/by-id?id=" + id, null);

        assertThat(socket.closed()).isEqualTo(ENDED);
    }

    @Test
    void socketWithoutASessionIsLeftAlone() throws Exception {
        SocketClient socket = open("worker", null);
        assertThat(socket.receive()).isEqualTo("-");
        assertThat(sockets.size()).isZero();
    }

    @Test
    void freshLogInAgesWhileTheSocketIsOpen() throws Exception {
        SocketClient socket = open("worker", logIn("ada"));
        socket.receive();
        await().untilAsserted(() -> assertThat(socket.ask("PT1S")).isEqualTo("false"));
        assertThat(socket.ask("PT1H")).isEqualTo("true");
    }

    @Test
    void callbackThatIsStillRunningWhenItsSocketClosesHasTheSession() throws Exception {
        open("late", logIn("ada")).send("user");
        assertThat(Sockets.Late.SEEN.poll(60, TimeUnit.SECONDS)).isEqualTo("ada");
    }

    @Test
    void socketWhosePathHasNoSessionsIsTold() throws Exception {
        assertThat(open("excluded", logIn("ada")).receive()).contains("exclude-paths");
    }

    /** As another instance of the application would: nobody here is told. */
    private void endElsewhere(String token) {
        assertThat(store.destroy(new SessionId(id(token))).toCompletableFuture().join()).isTrue();
    }

    final SocketClient open(String path, String token) {
        String[] cookie = token == null ? new String[0] : new String[] { "Cookie", Client.COOKIE + '=' + token };
        SocketClient socket = SocketClient.open(RestAssured.port, "/sockets/" + path, cookie);
        opened.add(socket);
        return socket;
    }

    static String logIn(String user) {
        return Client.token(Client.get("/login?user=" + user, null));
    }

    private static void get(String path, String token) {
        assertThat(Client.get(path, token).statusCode()).as(path).isIn(200, 204);
    }

    static String id(String token) {
        return token.substring(0, token.indexOf('.'));
    }
}
