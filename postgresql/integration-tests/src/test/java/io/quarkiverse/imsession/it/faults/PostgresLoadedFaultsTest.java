package io.quarkiverse.imsession.it.faults;

import static io.quarkiverse.imsession.it.PostgresTestResource.server;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.Client;
import io.quarkiverse.imsession.test.postgresql.PostgresServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Faults while clients use their sessions: nothing that was acknowledged is lost, and all are served again. */
@Tag("full")
@QuarkusTest
@TestProfile(PostgresFaultsTest.FaultsProfile.class)
class PostgresLoadedFaultsTest {

    private static final int POOL = 20;

    @Test
    void killedServerLosesNothing() {
        try (FaultRun run = start("PostgreSQL is killed, and comes back")) {
            server().stop();
            run.awaitRefusals();
            server().restart();
            run.faultIsOver();
        }
    }

    @Test
    void killedProcessOfOneConnectionLosesNothing() {
        try (FaultRun run = start("The process of a connection is killed")) {
            server().killBackend(
                    ((Number) server().value("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
                            + " AND application_name <> 'test' LIMIT 1")).longValue());
            server().awaitReady();
            run.faultIsOver();
        }
    }

    @Test
    void killedConnectionsLoseNothing() {
        try (FaultRun run = start("All connections are ended, again and again")) {
            for (int i = 0; i < 10; i++) {
                server().disconnectAllAtWork("imsession_session");
                run.awaitSuccesses();
            }
            run.faultIsOver();
        }
    }

    @Test
    void hungServerLosesNothing() {
        try (FaultRun run = start("PostgreSQL hangs, and goes on")) {
            server().hang();
            run.awaitRefusals();
            server().goOn();
            run.faultIsOver();
        }
    }

    @Test
    void lockedTableLosesNothing() throws Exception {
        try (FaultRun run = start("Another program locks the table");
                var other = server().connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE imsession_session IN ACCESS EXCLUSIVE MODE");
            run.awaitRefusals();
            other.rollback();
            run.faultIsOver();
        }
    }

    /** The table is alone on a small disk: what is there stays, and what needs room is refused. */
    @Test
    void fullDiskRefusesWhatNeedsRoomAndLosesNothing() {
        try (PostgresSmallDisk disk = PostgresSmallDisk.mount()) {
            server().command("CREATE TABLESPACE small LOCATION '" + disk.folder() + "'");
            server().command("ALTER TABLE imsession_session SET TABLESPACE small");
            try (FaultRun run = start("The disk is full")) {
                fillDisk();
                Client client = new Client();
                Awaitility.await().until(() -> newSession(client, "x".repeat(10)).statusCode() == 200
                        && newSession(client, large()).statusCode() == 503);
                run.awaitSuccesses();
                server().command("DROP TABLE filler");
                run.faultIsOver();
            } finally {
                server().command("DROP TABLE IF EXISTS filler");
                server().command("ALTER TABLE imsession_session SET TABLESPACE pg_default");
                server().command("DROP TABLESPACE small");
            }
        }
    }

    private void fillDisk() {
        server().command("CREATE TABLE filler (text text) TABLESPACE small");
        server().command("ALTER TABLE filler ALTER COLUMN text SET STORAGE EXTERNAL");
        for (int rows : new int[] { 1000, 100, 10, 1 }) {
            assertThatThrownBy(() -> {
                while (true) {
                    server().command("INSERT INTO filler SELECT repeat('x', 2000) FROM generate_series(1, " + rows + ")");
                }
            }).hasRootCauseInstanceOf(SQLException.class).rootCause().extracting("SQLState").isEqualTo("53100");
        }
    }

    private static HttpResponse<String> newSession(Client client, String text) {
        return client.post("/races/set?field=text&value=" + text, null);
    }

    /** No compression makes it smaller. */
    private static String large() {
        byte[] bits = new byte[2250];
        ThreadLocalRandom.current().nextBytes(bits);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
    }

    private FaultRun start(String name) {
        return FaultRun.on(name, List.of(new Target(server())));
    }

    record Target(PostgresServer server) implements FaultTarget {

        @Override
        public boolean isRunning() {
            return server.isRunning();
        }

        @Override
        public int connections() {
            return ((Number) server.value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                    + " AND application_name <> 'test'")).intValue();
        }

        @Override
        public int mostConnections() {
            return POOL;
        }
    }
}
