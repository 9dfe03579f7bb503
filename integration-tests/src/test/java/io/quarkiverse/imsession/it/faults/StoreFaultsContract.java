package io.quarkiverse.imsession.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;

/** What clients see while the store is away. */
abstract class StoreFaultsContract {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);
    static final Duration SOON = Duration.ofSeconds(60);

    final Client client = new Client();
    private boolean stopped;

    abstract void stopStore();

    abstract void restartStore();

    /** Stops the store from running without closing its connections. */
    abstract void hang();

    /** Lets a hung store go on. */
    abstract void goOn();

    @AfterEach
    void startStoreAgain() {
        if (stopped) {
            start();
            Awaitility.await().atMost(SOON).until(() -> client.post("/races/set", null).statusCode() == 200);
        }
    }

    @Test
    void loadingWithoutTheStoreAnswers503AndNoCookie() {
        String token = newSession(client);
        stop();
        assertUnavailable(client.post("/races/read", token));
        assertUnavailable(client.post("/races/set", token));
    }

    @Test
    void requestWithoutATokenNeedsNoStore() {
        stop();
        assertThat(client.post("/races/read", null).statusCode()).isEqualTo(200);
        assertThat(client.post("/races/read", "malformed").statusCode()).isEqualTo(200);
    }

    @Test
    void newSessionWithoutTheStoreAnswers503AndNoCookie() {
        stop();
        assertUnavailable(client.post("/races/set", null));
    }

    @Test
    void changeThatCannotBeStoredAnswers503AndNoCookie() {
        assertUnavailable(withoutTheStoreAtTheEnd("set"));
    }

    @Test
    void logOutThatCannotBeStoredAnswers503AndKeepsTheCookie() {
        assertUnavailable(withoutTheStoreAtTheEnd("destroy"));
    }

    /** Stops the store while a request is under way. */
    private HttpResponse<String> withoutTheStoreAtTheEnd(String operation) {
        String token = newSession(client);
        String gate = UUID.randomUUID().toString();
        CompletableFuture<HttpResponse<String>> slow = client.postAsync("/races/" + operation + "?gate=" + gate, token);
        Awaitility.await().until(() -> client.get("/races/gates/" + gate, null).body().equals("1"));
        stop();
        client.post("/races/gates/" + gate + "/open", null);
        return slow.join();
    }

    @Test
    void hungStoreAnswers503InTimeAndSessionsAreStillThereAfterwards() {
        String token = newSession(client);
        hang();
        try {
            Instant start = Instant.now();
            assertUnavailable(client.post("/races/read", token));
            assertThat(Duration.between(start, Instant.now())).isBetween(COMMAND_TIMEOUT, COMMAND_TIMEOUT.multipliedBy(5));
        } finally {
            goOn();
        }
        Awaitility.await().atMost(SOON).until(() -> client.post("/races/read", token).statusCode() == 200);
        assertThat(client.post("/races/read", token).body()).contains("\"exists\":true");
    }

    final void stop() {
        stopStore();
        stopped = true;
    }

    final void start() {
        restartStore();
        stopped = false;
    }

    static String newSession(Client client) {
        return Client.token(client.post("/races/set?field=user&value=Ada", null)).orElseThrow();
    }

    static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).isPresent();
        assertThat(response.headers().allValues("set-cookie")).isEmpty();
        assertThat(response.body()).doesNotContain("Ada");
    }
}
