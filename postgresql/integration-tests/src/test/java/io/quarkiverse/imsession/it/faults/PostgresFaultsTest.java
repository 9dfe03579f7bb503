package io.quarkiverse.imsession.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.it.PostgresProfile;
import io.quarkiverse.imsession.it.PostgresTestResource;
import io.quarkiverse.imsession.test.postgresql.PostgresServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresFaultsTest.FaultsProfile.class)
class PostgresFaultsTest {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);

    private final Client client = new Client();
    private final PostgresServer postgres = PostgresTestResource.server();
    private boolean stopped;

    @AfterEach
    void startPostgresAgain() {
        if (stopped) {
            postgres.restart();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> client.post("/races/set", null).statusCode() == 200);
        }
    }

    @Test
    void loadingWithoutPostgresqlAnswers503AndNoCookie() {
        String token = newSession();
        stop();
        assertUnavailable(client.post("/races/read", token));
        assertUnavailable(client.post("/races/set", token));
    }

    @Test
    void requestWithoutATokenNeedsNoPostgresql() {
        stop();
        assertThat(client.post("/races/read", null).statusCode()).isEqualTo(200);
        assertThat(client.post("/races/read", "malformed").statusCode()).isEqualTo(200);
    }

    @Test
    void newSessionWithoutPostgresqlAnswers503AndNoCookie() {
        stop();
        assertUnavailable(client.post("/races/set", null));
    }

    @Test
    void changeAndLogOutThatCannotBeStoredAnswer503() {
        for (String operation : List.of("set", "destroy")) {
            String token = newSession();
            String gate = UUID.randomUUID().toString();
            CompletableFuture<HttpResponse<String>> slow = client.postAsync("/races/" + operation + "?gate=" + gate, token);
            Awaitility.await().until(() -> client.get("/races/gates/" + gate, null).body().equals("1"));
            stop();
            client.post("/races/gates/" + gate + "/open", null);
            assertUnavailable(slow.join());
            startPostgresAgain();
            stopped = false;
        }
    }

    @Test
    void sessionsAreThereAgainWithoutARestartWhenPostgresqlIsBack() {
        String token = newSession();
        stop();
        assertUnavailable(client.post("/races/set", token));
        postgres.restart();
        stopped = false;
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> client.post("/races/read", token).statusCode() == 200);
        assertThat(client.post("/races/read", token).body()).contains("\"exists\":true");
    }

    @Test
    void hungPostgresqlAnswers503InTimeAndSessionsAreStillThereAfterwards() {
        String token = newSession();
        postgres.hang();
        try {
            Instant start = Instant.now();
            assertUnavailable(client.post("/races/read", token));
            assertThat(Duration.between(start, Instant.now())).isBetween(COMMAND_TIMEOUT, COMMAND_TIMEOUT.multipliedBy(5));
        } finally {
            postgres.goOn();
        }
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> client.post("/races/read", token).statusCode() == 200);
        assertThat(client.post("/races/read", token).body()).contains("\"exists\":true");
    }

    @Test
    void databaseThatMayOnlyBeReadAnswers503ToChangesAndLetsOthersRead() {
        String token = newSession();
        postgres.command("ALTER ROLE postgres SET default_transaction_read_only = on");
        postgres.disconnectAll();
        try {
            Awaitility.await().until(() -> client.post("/races/read", token).statusCode() == 200);
            assertUnavailable(client.post("/races/set", token));
            assertThat(client.post("/races/read", token).body()).contains("\"exists\":true");
        } finally {
            postgres.command("BEGIN READ WRITE; ALTER ROLE postgres RESET ALL; COMMIT");
            postgres.disconnectAll();
        }
        Awaitility.await().until(() -> client.post("/races/set", token).statusCode() == 200);
    }

    private void stop() {
        postgres.stop();
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

    /** An application that waits no longer than usual. */
    public static final class FaultsProfile extends PostgresProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(PostgresFaultsTestResource.class));
        }
    }
}
