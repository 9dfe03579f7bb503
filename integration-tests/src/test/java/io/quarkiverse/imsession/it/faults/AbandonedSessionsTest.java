package io.quarkiverse.imsession.it.faults;

import static io.quarkiverse.imsession.it.faults.FaultsTestResource.proxy;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.imsession.it.Client;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;

/** Each user may have one session: one that nobody can hold would lock the user out. */
@Tag("packaged")
@QuarkusTest
@TestProfile(AbandonedSessionsTest.OneSessionProfile.class)
class AbandonedSessionsTest {

    private static final Pattern LEFT = Pattern.compile("\"left\":(\\d+)");
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Client client = new Client();
    private final String user = UUID.randomUUID().toString();

    @AfterEach
    void restore() {
        proxy().restore();
    }

    @Test
    void sessionWhoseCreationWasStoredAndItsReplyLostDoesNotLockTheUserOut() {
        warmUp();
        // Entering the index is the first script, storing the session the second.
        proxy().cutAfter("evalsha", 2);
        HttpResponse<String> failed = logIn();
        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(Client.token(failed)).isEmpty();
        assertThat(proxy().wasCut()).isTrue();

        Awaitility.await().atMost(SOON).until(() -> logIn().statusCode() == 200);
    }

    @Test
    void creationThatRedisCarriesOutLateStoresNothing() {
        warmUp();
        proxy().hold("evalsha");
        HttpResponse<String> failed = logIn();
        assertThat(failed.statusCode()).isEqualTo(503);
        proxy().release();

        Awaitility.await().atMost(SOON).until(() -> logIn().statusCode() == 200);
        assertThat(logIn().statusCode()).as("the limit holds").isEqualTo(409);
    }

    /** Also if a commit has stored it, before the response. */
    @ParameterizedTest
    @ValueSource(strings = { "/races/set", "/races/set/commit" })
    void sessionWhoseClientHasGoneBeforeItsCookieLeftDoesNotLockTheUserOut(String path) throws Throwable {
        warmUp();
        proxy().hold("evalsha");
        leaveWhen(path + "?field=seat&value=" + user, proxy()::awaitHeld);
        awaitLeft();
        proxy().release();

        Awaitility.await().atMost(SOON).until(() -> logIn().statusCode() == 200);
    }

    @Test
    void committedSessionWhoseClientHasGoneBeforeTheResponseDoesNotLockTheUserOut() throws Throwable {
        warmUp();
        leaveWhen("/races/set/commit?gate=" + user + "&field=seat&value=" + user,
                () -> Awaitility.await().until(() -> client.get("/races/gates/" + user, null).body().equals("1")));

        Awaitility.await().atMost(SOON).until(() -> logIn().statusCode() == 200);
    }

    @Test
    void committedSessionOfAResponseThatReachesItsClientStays() {
        warmUp();
        HttpResponse<String> committed = client.post("/races/set/commit?field=seat&value=" + user, null);
        String token = Client.token(committed).orElseThrow();

        assertThat(committed.body()).isEqualTo("stored");
        assertThat(logIn().statusCode()).as("the limit holds").isEqualTo(409);
        assertThat(client.post("/races/read", token).body()).contains("\"exists\":true");
    }

    /** Sends a request, and closes the connection when its handling has come to some point. */
    private void leaveWhen(String path, ThrowingRunnable point) throws Throwable {
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            point.run();
        }
    }

    /** Waits until the application has heard that the client is gone. */
    private void awaitLeft() {
        Awaitility.await().until(() -> left() == 1);
    }

    @Test
    void renewalWhoseReplyWasLostLeavesNoSessionThatNobodyCanHold() {
        warmUp();
        String token = Client.token(logIn()).orElseThrow();
        proxy().mean(Client.id(token));
        proxy().cutAfter("evalsha", 1);
        HttpResponse<String> failed = client.post("/races/renew", token);
        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(proxy().wasCut()).isTrue();

        Awaitility.await().atMost(SOON).until(() -> logIn().statusCode() == 200);
    }

    @Test
    void renewalThatWasNotStoredLeavesTheSessionToItsOldToken() {
        warmUp();
        String token = Client.token(logIn()).orElseThrow();
        proxy().mean(Client.id(token));
        proxy().cutBefore("evalsha", 1);
        HttpResponse<String> failed = client.post("/races/renew", token);
        assertThat(failed.statusCode()).isEqualTo(503);
        assertThat(proxy().wasCut()).isTrue();

        Awaitility.await().during(Duration.ofSeconds(2)).atMost(SOON)
                .until(() -> client.post("/races/read", token).body().contains("\"exists\":true"));
    }

    /** How many clients have left that asked to log in. */
    private long left() {
        Matcher left = LEFT.matcher(client.get("/faults/requests?leftBy=" + user, null).body());
        assertThat(left.find()).isTrue();
        return Long.parseLong(left.group(1));
    }

    /**
     * Connects to Redis and makes it know the scripts. What is left to do for the other user, and for those of tests before,
     * is no command that a test means.
     */
    private void warmUp() {
        String other = UUID.randomUUID().toString();
        String token = Client.token(client.post("/races/set?field=seat&value=" + other, null)).orElseThrow();
        assertThat(client.post("/races/renew", token).statusCode()).isEqualTo(200);
        proxy().mean(user);
    }

    private HttpResponse<String> logIn() {
        return client.post("/races/set?field=seat&value=" + user, null);
    }

    public static final class OneSessionProfile extends FaultsProfile {

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> config = new HashMap<>(super.getConfigOverrides());
            config.put("quarkus.imsession.references.\"seat\".max-sessions", "1");
            return config;
        }
    }
}
