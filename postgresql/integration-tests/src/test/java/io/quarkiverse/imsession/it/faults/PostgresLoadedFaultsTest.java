package io.quarkiverse.imsession.it.faults;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.PostgresTestResource;
import io.quarkiverse.imsession.test.postgresql.PostgresServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** Faults while clients use their sessions: nothing that was acknowledged is lost, and all are served again. */
@Tag("full")
@QuarkusTest
@TestProfile(PostgresFaultsTest.FaultsProfile.class)
class PostgresLoadedFaultsTest {

    private static final int POOL = 20;

    private final PostgresServer postgres = PostgresTestResource.server();

    @Test
    void killedServerLosesNothing() {
        try (FaultRun run = start("PostgreSQL is killed, and comes back")) {
            postgres.stop();
            run.awaitRefusals();
            postgres.restart();
            run.faultIsOver();
        }
    }

    @Test
    void killedProcessOfOneConnectionLosesNothing() {
        try (FaultRun run = start("The process of a connection is killed")) {
            postgres.killBackend(
                    ((Number) postgres.value("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
                            + " AND application_name <> 'test' LIMIT 1")).longValue());
            postgres.awaitReady();
            run.faultIsOver();
        }
    }

    @Test
    void killedConnectionsLoseNothing() {
        try (FaultRun run = start("All connections are ended, again and again")) {
            for (int i = 0; i < 10; i++) {
                postgres.disconnectAllAtWork("imsession_session");
                run.awaitSuccesses();
            }
            run.faultIsOver();
        }
    }

    @Test
    void hungServerLosesNothing() {
        try (FaultRun run = start("PostgreSQL hangs, and goes on")) {
            postgres.hang();
            run.awaitRefusals();
            postgres.goOn();
            run.faultIsOver();
        }
    }

    @Test
    void lockedTableLosesNothing() throws Exception {
        try (FaultRun run = start("Another program locks the table");
                var other = postgres.connect();
                var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE imsession_session IN ACCESS EXCLUSIVE MODE");
            run.awaitRefusals();
            other.rollback();
            run.faultIsOver();
        }
    }

    private FaultRun start(String name) {
        return FaultRun.on(name, List.of(new FaultTarget() {

            @Override
            public boolean isRunning() {
                return postgres.isRunning();
            }

            @Override
            public int connections() {
                return ((Number) postgres.value("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                        + " AND application_name <> 'test'")).intValue();
            }

            @Override
            public int mostConnections() {
                return POOL;
            }
        }));
    }
}
