package io.quarkiverse.imsession.it.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.test.SocketClient;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

/** Changes of a session after the response has begun, and in sockets. */
@Tag("packaged")
@QuarkusTest
@TestProfile(LateChangesTest.LoggingProfile.class)
class LateChangesTest {

    /** The one where an integration test finds out where the application listens, if this is one. */
    private static final String LOG_FILE = System.getProperty("quarkus.log.file.path", "target/quarkus-late-changes.log");
    private static final String UNCOMMITTED = "was changed after its response had begun";
    private static final String NEEDS_COOKIE = "get the token of a new or renewed session";
    private static final String SOCKET = "socket";
    private static final int TICKETS = 20;

    private final Client client = new Client();

    @ParameterizedTest
    @ValueSource(strings = { "events", "stream", "vertx", "servlet", SOCKET })
    void whatIsCommittedIsStored(String layer) throws Exception {
        String token = begin();
        assertThat(late(layer, "ticket", token)).isEqualTo("1");
        assertThat(totals(token)).contains(" ticket=1 ");
        assertThat(late(layer, "ticket", token)).isEqualTo("2");
        assertThat(client.post("/transactions/uni/ticket", token).body()).isEqualTo("3");
        assertThat(logged(token)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "events", "stream", "vertx", "servlet", SOCKET })
    void renewalIsRefusedAndTheTokenStaysValid(String layer) throws Exception {
        String token = begin();
        assertThat(late(layer, "renew", token)).contains("ImSession.renew() was called", NEEDS_COOKIE);
        assertThat(totals(token)).startsWith("exists=true");
        assertThat(logged(token)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = { "events", "stream", "vertx", "servlet", SOCKET })
    void newSessionIsRefused(String layer) throws Exception {
        assertThat(late(layer, "set", null)).contains("ImSession.set() was called", NEEDS_COOKIE);
        assertThat(late(layer, "ticket", null)).contains("ImSession.update() was called", NEEDS_COOKIE);
    }

    /** All layers in one test, as the log has only ten such lines in ten seconds. */
    @Test
    void whatIsNotCommittedIsNotStoredAndLoggedOnceAtTheEnd() throws Exception {
        List<String> layers = List.of("events", "stream", "vertx", "servlet", SOCKET);
        List<String> tokens = new ArrayList<>();
        for (String layer : layers) {
            String token = begin();
            tokens.add(token);
            assertThat(late(layer, "forget", token)).isEqualTo("forgotten");
            Awaitility.await(layer).until(() -> logged(token) > 0);
            assertThat(totals(token)).contains(" field=0 record=0 ");
        }
        for (int i = 0; i < layers.size(); i++) {
            assertThat(logged(tokens.get(i))).as(layers.get(i)).isEqualTo(1);
        }
    }

    @Test
    void eachItemOfAStreamOfEventsHasATicketOfItsOwnWhileOthersTakeSome() throws Exception {
        String token = begin();
        String[] streams = new String[2];
        Thread[] readers = new Thread[streams.length];
        for (int i = 0; i < streams.length; i++) {
            int stream = i;
            readers[i] = new Thread(
                    () -> streams[stream] = client.get("/transactions/tickets?count=" + TICKETS, token).body());
            readers[i].start();
        }
        for (Thread reader : readers) {
            reader.join();
        }
        List<Integer> tickets = (streams[0] + streams[1]).lines().filter(line -> line.matches("data: ?\\d+"))
                .map(line -> Integer.valueOf(line.replaceAll("\\D", ""))).sorted().toList();
        assertThat(tickets).isEqualTo(IntStream.rangeClosed(1, 2 * TICKETS).boxed().toList());
        assertThat(totals(token)).contains(" ticket=" + 2 * TICKETS + " ");
    }

    @Test
    void socketSeesWhatOthersHaveStoredOnceItCommits() throws Exception {
        String token = begin();
        try (SocketClient socket = open(token)) {
            assertThat(socket.ask("ticket")).isEqualTo("1");
            assertThat(client.post("/transactions/blocking/ticket", token).body()).isEqualTo("2");
            assertThat(client.post("/transactions/blocking/field", token).statusCode()).isEqualTo(200);
            assertThat(socket.ask("totals")).contains(" field=0 ").contains(" ticket=1 ");
            assertThat(socket.ask("ticket")).isEqualTo("3");
            assertThat(socket.ask("totals")).contains(" field=1 ").contains(" ticket=3 ");
        }
    }

    /** The answer to a change that comes after the response has begun. */
    private String late(String layer, String change, String token) throws InterruptedException {
        if (layer.equals(SOCKET)) {
            try (SocketClient socket = open(token)) {
                return socket.ask(change);
            }
        }
        HttpResponse<String> response = client.get("/transactions/late/" + layer + "/" + change, token);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(Client.token(response)).isEmpty();
        String body = response.body().lines().filter(line -> !line.isEmpty()).reduce("", String::concat)
                .replaceAll("data: ?", "");
        assertThat(body).startsWith("begun");
        return body.replaceFirst("begun(, )?", "");
    }

    private static SocketClient open(String token) {
        String[] cookie = token == null ? new String[0] : new String[] { "Cookie", "connsid=" + token };
        return SocketClient.open(RestAssured.port, "/transactions/sockets/event-loop", cookie);
    }

    private String begin() {
        return Client.token(client.post("/transactions/begin", null)).orElseThrow();
    }

    private String totals(String token) {
        return client.get("/transactions/totals", token).body();
    }

    /** How many lines tell of changes of a session that were not stored. */
    private static long logged(String token) throws IOException {
        String line = "Session " + Client.id(token) + " " + UNCOMMITTED;
        return Files.readString(Path.of(LOG_FILE)).lines().filter(logged -> logged.contains(line)).count();
    }

    public static final class LoggingProfile extends RedisProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.put("quarkus.log.file.enabled", "true");
            config.put("quarkus.log.file.path", LOG_FILE);
            return config;
        }
    }
}
