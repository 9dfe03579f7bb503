package io.quarkiverse.imsession.it.faults;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.it.PostgresProfile;
import io.quarkiverse.imsession.test.postgresql.PostgresServer;
import io.quarkiverse.imsession.test.postgresql.ReplicatedPostgres;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/**
 * A primary and a standby to which it replicates synchronously, with both hosts in the URL: nothing may be lost that was
 * acknowledged.
 */
@Tag("packaged")
@QuarkusTest
@TestProfile(PostgresFailOverTest.ReplicatedProfile.class)
class PostgresFailOverTest {

    private final ReplicatedPostgres postgres = Servers.postgres;

    @AfterEach
    void replaceStandby() {
        if (!postgres.standby().isRunning()) {
            postgres.replaceStandby();
        }
    }

    @Test
    void killedPrimaryIsReplacedByTheStandbyAndNothingIsLost() {
        try (FaultRun run = start("Fail-over: the primary is killed, the standby promoted")) {
            postgres.primary().stop();
            run.awaitRefusals();
            postgres.promoteStandby();
            run.faultIsOver();
        }
    }

    @Test
    void standbyThatIsMadeOfTheFormerPrimaryDisturbsNobody() {
        try (FaultRun run = start("Fail-over: as before, and the former primary comes back as a standby")) {
            postgres.primary().stop();
            run.awaitRefusals();
            postgres.promoteStandby();
            run.awaitSuccesses();
            postgres.replaceStandby();
            run.faultIsOver();
        }
    }

    @Test
    @Tag("full")
    void hungPrimaryIsReplacedAndEndedAndNothingIsLost() {
        try (FaultRun run = start("Fail-over: the primary hangs, the standby is promoted, the primary ended")) {
            postgres.primary().hang();
            run.awaitRefusals();
            postgres.promoteStandby();
            postgres.standby().stop();
            run.faultIsOver();
        }
    }

    @Test
    void standbyThatIsAwayLetsChangesWaitAndNothingIsLost() {
        try (FaultRun run = start("The synchronous standby is away, and comes back")) {
            postgres.standby().stop();
            run.awaitRefusals();
            postgres.standby().restart();
            run.faultIsOver();
        }
    }

    @Test
    void primaryThatBecomesReadOnlyServesReadsAndLosesNothing() {
        PostgresServer primary = postgres.primary();
        try (FaultRun run = start("The primary becomes read-only")) {
            primary.command("ALTER SYSTEM SET default_transaction_read_only = on");
            primary.command("SELECT pg_reload_conf()");
            run.awaitRefusals();
            primary.command("ALTER SYSTEM RESET default_transaction_read_only");
            primary.command("SELECT pg_reload_conf()");
            run.faultIsOver();
        }
    }

    private FaultRun start(String name) {
        FaultRun run = FaultRun.on(name,
                Stream.of(postgres.primary(), postgres.standby()).<FaultTarget> map(PostgresLoadedFaultsTest.Target::new)
                        .toList());
        run.onlyAcknowledgedChangesLast();
        return run;
    }

    /** Starts both. */
    public static final class Servers implements QuarkusTestResourceLifecycleManager {

        private static volatile ReplicatedPostgres postgres;

        @Override
        public Map<String, String> start() {
            postgres = ReplicatedPostgres.start();
            return new HashMap<>(Map.of("quarkus.datasource.reactive.url", postgres.url(), "quarkus.datasource.username",
                    "postgres", "quarkus.datasource.password", "any", "quarkus.imsession.postgresql.schema", "create"));
        }

        @Override
        public void stop() {
            postgres.close();
        }
    }

    public static final class ReplicatedProfile extends PostgresProfile {

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(Servers.class));
        }
    }
}
