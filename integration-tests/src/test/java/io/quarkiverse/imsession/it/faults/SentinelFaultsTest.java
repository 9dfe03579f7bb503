package io.quarkiverse.imsession.it.faults;

import static io.quarkiverse.imsession.it.faults.SentinelTestResource.redis;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** A primary with a replica, and Sentinels. */
@Tag("packaged")
@QuarkusTest
@TestProfile(SentinelProfile.class)
class SentinelFaultsTest {

    @Test
    void killedPrimaryIsReplacedAndLosesOnlyWhatTheReplicaDidNotHaveYet() {
        RedisServer primary = redis().primary();
        try (FaultRun run = FaultRun.start("Sentinel: primary killed", servers())) {
            redisLosesWhatTheReplicaHasNotYet(run);
            primary.stop();
            run.awaitRefusals();
            redis().awaitFailOver(primary);
            run.faultIsOver();
        } finally {
            primary.restart("--replicaof", "127.0.0.1", Integer.toString(redis().primary().port()));
            redis().awaitReady();
        }
    }

    @Test
    @Tag("full")
    void plannedFailOverLosesOnlyWhatTheFormerPrimaryTookUntilTheSentinelsTold() {
        RedisServer primary = redis().primary();
        try (FaultRun run = FaultRun.start("Sentinel: planned fail-over", servers())) {
            int links = FaultRun.connections(primary);
            redisLosesWhatTheReplicaHasNotYet(run);
            redis().failOver();
            redis().awaitFailOver(primary);
            run.awaitConnections(redis().primary(), links);
            run.awaitSuccesses();
            run.redisLosesNoMore();
            run.awaitSuccesses();
            redis().demote(primary);
            run.faultIsOver();
        }
        redis().awaitReady();
    }

    @Test
    @Tag("full")
    void hungPrimaryIsReplacedAndComesBackAsAReplica() {
        RedisServer primary = redis().primary();
        try (FaultRun run = FaultRun.start("Sentinel: primary hangs", servers())) {
            int links = FaultRun.connections(primary);
            redisLosesWhatTheReplicaHasNotYet(run);
            primary.hang();
            try {
                run.awaitRefusals();
                redis().awaitFailOver(primary);
                // One that is still being made to the former primary would succeed when that goes on, and takes changes.
                run.awaitConnections(redis().primary(), links);
                run.awaitSuccesses();
                run.redisLosesNoMore();
            } finally {
                primary.goOn();
            }
            redis().demote(primary);
            run.faultIsOver();
        }
        redis().awaitReady();
    }

    /** A change is acknowledged before the replica has it. */
    private void redisLosesWhatTheReplicaHasNotYet(FaultRun run) {
        long now = System.nanoTime();
        redis().awaitReplication();
        run.redisLosesSince(now);
    }

    private List<RedisServer> servers() {
        List<RedisServer> all = new ArrayList<>(redis().servers());
        all.addAll(redis().sentinels());
        return all;
    }
}
