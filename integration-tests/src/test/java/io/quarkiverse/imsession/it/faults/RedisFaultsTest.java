package io.quarkiverse.imsession.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.RedisProfile;
import io.quarkiverse.imsession.it.RedisTestResource;
import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(RedisProfile.class)
class RedisFaultsTest {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);

    private final Client client = new Client();
    private final RedisServer redis = RedisTestResource.server();
    private boolean stopped;

    @AfterEach
    void startRedisAgain() {
        if (stopped) {
            redis.restart();
            Awaitility.await().until(() -> client.post("/races/set", null).statusCode() == 200);
        }
    }

    @Test
    void loadingWithoutRedisAnswers503AndNoCookie() {
        String token = newSession();
        stopRedis();
        assertUnavailable(client.post("/races/read", token));
        assertUnavailable(client.post("/races/set", token));
    }

    @Test
    void requestWithoutATokenNeedsNoRedis() {
        stopRedis();
        assertThat(client.post("/races/read", null).statusCode()).isEqualTo(200);
        assertThat(client.post("/races/read", "malformed").statusCode()).isEqualTo(200);
    }

    @Test
    void newSessionWithoutRedisAnswers503AndNoCookie() {
        stopRedis();
        assertUnavailable(client.post("/races/set", null));
    }

    @Test
    void changeThatCannotBeStoredAnswers503AndNoCookie() {
        String token = newSession();
        String gate = UUID.randomUUID().toString();
        CompletableFuture<HttpResponse<String>> slow = client.postAsync("/races/set?gate=" + gate, token);
        Awaitility.await().until(() -> client.get("/races/gates/" + gate, null).body().equals("1"));
        stopRedis();
        client.post("/races/gates/" + gate + "/open", null);
        assertUnavailable(slow.join());
    }

    @Test
    void logOutThatCannotBeStoredAnswers503AndKeepsTheCookie() {
        String token = newSession();
        String gate = UUID.randomUUID().toString();
        CompletableFuture<HttpResponse<String>> slow = client.postAsync("/races/destroy?gate=" + gate, token);
        Awaitility.await().until(() -> client.get("/races/gates/" + gate, null).body().equals("1"));
        stopRedis();
        client.post("/races/gates/" + gate + "/open", null);
        assertUnavailable(slow.join());
    }

    @Test
    void sessionsWorkAgainWithoutARestartWhenRedisIsBack() {
        stopRedis();
        assertUnavailable(client.post("/races/set", null));
        redis.restart();
        stopped = false;
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> client.post("/races/set", null).statusCode() == 200);
        assertThat(client.post("/races/read", newSession()).body()).contains("\"exists\":true");
    }

    @Test
    void hungRedisAnswers503InTimeAndSessionsAreStillThereAfterwards() {
        String token = newSession();
        redis.hang();
        try {
            Instant start = Instant.now();
            assertUnavailable(client.post("/races/read", token));
            assertThat(Duration.between(start, Instant.now())).isBetween(COMMAND_TIMEOUT, COMMAND_TIMEOUT.multipliedBy(5));
        } finally {
            redis.goOn();
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> client.post("/races/read", token).statusCode() == 200);
        assertThat(client.post("/races/read", token).body()).contains("\"exists\":true");
    }

    @Test
    void scriptsThatRedisForgotAreSentAgain() {
        String token = newSession();
        redis.command("SCRIPT", "FLUSH");
        assertThat(client.post("/races/set?field=later&value=1", token).statusCode()).isEqualTo(200);
        assertThat(client.post("/races/read", token).body()).contains("\"later\":\"1\"");
    }

    private void stopRedis() {
        redis.stop();
        stopped = true;
    }

    private String newSession() {
        return Client.token(client.post("/races/set?field=user&value=Ada", null)).orElseThrow();
    }

    private static void assertUnavailable(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).isPresent();
        assertThat(response.headers().allValues("set-cookie")).isEmpty();
        assertThat(response.body()).doesNotContain("Ada");
    }
}
