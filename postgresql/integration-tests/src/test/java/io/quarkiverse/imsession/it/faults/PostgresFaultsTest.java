package io.quarkiverse.imsession.it.faults;

import static io.quarkiverse.imsession.it.PostgresTestResource.server;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.PostgresProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresFaultsTest.FaultsProfile.class)
class PostgresFaultsTest extends StoreFaultsContract {

    /** As many as the pool has, if nothing else is set. */
    private static final int CONNECTIONS = 20;

    @Override
    void stopStore() {
        server().stop();
    }

    @Override
    void restartStore() {
        server().restart();
    }

    @Override
    void hang() {
        server().hang();
    }

    @Override
    void goOn() {
        server().goOn();
    }

    @Test
    void sessionsAreThereAgainWithoutARestartWhenPostgresqlIsBack() {
        String token = newSession(client);
        stop();
        assertUnavailable(client.post("/races/set", token));
        start();
        Awaitility.await().atMost(SOON).until(() -> client.post("/races/read", token).statusCode() == 200);
        assertThat(client.post("/races/read", token).body()).contains("\"exists\":true");
    }

    @Test
    void databaseThatMayOnlyBeReadAnswers503ToChangesAndLetsOthersRead() {
        String token = newSession(client);
        server().command("ALTER ROLE postgres SET default_transaction_read_only = on");
        server().disconnectAll();
        try {
            Awaitility.await().until(() -> client.post("/races/read", token).statusCode() == 200);
            assertUnavailable(client.post("/races/set", token));
            assertThat(client.post("/races/read", token).body()).contains("\"exists\":true");
        } finally {
            server().command("BEGIN READ WRITE; ALTER ROLE postgres RESET ALL; COMMIT");
            server().disconnectAll();
        }
        Awaitility.await().until(() -> client.post("/races/set", token).statusCode() == 200);
    }

    /** All connections wait for a table, and many more requests for a connection. */
    @Test
    void requestsThatGetNoConnectionAreAnsweredToo() throws Exception {
        String token = newSession(client);
        try (Connection other = server().connect(); Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE imsession_session IN ACCESS EXCLUSIVE MODE");
            List<CompletableFuture<HttpResponse<String>>> requests = IntStream.range(0, 3 * CONNECTIONS)
                    .mapToObj(i -> client.postAsync("/races/" + (i % 2 == 0 ? "read" : "set"), token)).toList();
            requests.forEach(request -> assertUnavailable(request.orTimeout(SOON.toSeconds(), TimeUnit.SECONDS).join()));
        }
        Awaitility.await().atMost(SOON).until(() -> client.post("/races/set", token).statusCode() == 200);
    }

    /** An application that waits no longer than usual. */
    public static final class FaultsProfile extends PostgresProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(PostgresFaultsTestResource.class));
        }
    }
}
