package io.quarkiverse.imsession.it.faults;

import static io.quarkiverse.imsession.it.faults.SentinelTestResource.redis;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/**
 * A primary with a replica, and Sentinels, with {@code redis.replicas=1}: nothing may be lost that was acknowledged. After each
 * fail-over nothing can be changed until the former primary is a replica.
 */
@Tag("packaged")
@QuarkusTest
@TestProfile(ReplicatedSentinelProfile.class)
class ReplicatedSentinelFaultsTest {

    @Test
    void killedPrimaryIsReplacedAndLosesNothing() {
        RedisServer primary = redis().primary();
        try (FaultRun run = start("Sentinel, replicas=1: primary killed")) {
            primary.stop();
            run.awaitRefusals();
            redis().awaitFailOver(primary);
            primary.restart("--replicaof", "127.0.0.1", Integer.toString(redis().primary().port()));
            redis().awaitReady();
            run.faultIsOver();
        }
    }

    @Test
    @Tag("full")
    void plannedFailOverLosesNothing() {
        RedisServer primary = redis().primary();
        try (FaultRun run = start("Sentinel, replicas=1: planned fail-over")) {
            int links = FaultRun.connections(primary);
            redis().failOver();
            run.awaitRefusals();
            redis().awaitFailOver(primary);
            run.awaitConnections(redis().primary(), links);
            redis().demote(primary);
            redis().awaitReady();
            run.faultIsOver();
        }
    }

    @Test
    @Tag("full")
    void hungPrimaryIsReplacedAndLosesNothingWhenItComesBack() {
        RedisServer primary = redis().primary();
        try (FaultRun run = start("Sentinel, replicas=1: primary hangs")) {
            primary.hang();
            try {
                run.awaitRefusals();
                redis().awaitFailOver(primary);
            } finally {
                primary.goOn();
            }
            redis().demote(primary);
            redis().awaitReady();
            run.faultIsOver();
        }
    }

    private FaultRun start(String name) {
        List<RedisServer> servers = new ArrayList<>(redis().servers());
        servers.addAll(redis().sentinels());
        FaultRun run = FaultRun.start(name, servers);
        run.onlyAcknowledgedChangesLast();
        return run;
    }
}
