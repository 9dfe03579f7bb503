package io.quarkiverse.imsession.it.faults;

import static io.quarkiverse.imsession.it.faults.FaultsTestResource.proxy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** One Redis. */
@Tag("packaged")
@QuarkusTest
@TestProfile(FaultsProfile.class)
class LoadedRedisFaultsTest {

    private static final Duration HANG = Duration.ofSeconds(5);

    @Test
    void killedRedisThatWritesEachChangeToDiskLosesNothing() {
        try (FaultRun run = FaultRun.start("kill -9, appendfsync always", redis())) {
            redis().stop();
            run.awaitRefusals();
            redis().restart();
            run.faultIsOver();
        }
    }

    @Test
    @Tag("full")
    void killedRedisThatKeepsNothingLosesAllBeforeAndNothingAfterwards() {
        try (FaultRun run = FaultRun.start("kill -9, no persistence", redis())) {
            run.redisLosesEverything();
            redis().stop();
            run.awaitRefusals();
            redis().restart("--appendonly", "no");
            run.faultIsOver();
            assertThat(run.lost()).isPositive();
        } finally {
            redis().command("CONFIG", "SET", "appendonly", "yes");
        }
    }

    @Test
    @Tag("full")
    void hungRedisLosesNothing() throws InterruptedException {
        try (FaultRun run = FaultRun.start("SIGSTOP for " + HANG.toSeconds() + " s", redis())) {
            redis().hang();
            try {
                Thread.sleep(HANG.toMillis());
            } finally {
                redis().goOn();
            }
            run.faultIsOver();
            assertThat(run.refusals()).isPositive();
        }
    }

    @Test
    @Tag("full")
    void repliesThatAreCutInTheMiddleLoseNothing() {
        try (FaultRun run = FaultRun.start("20 replies cut in the middle", redis())) {
            for (String command : List.of("hgetall", "evalsha")) {
                for (int i = 0; i < 10; i++) {
                    proxy().cutWithin(command, 5);
                    Awaitility.await().until(proxy()::wasCut);
                }
            }
            run.faultIsOver();
        } finally {
            proxy().restore();
        }
    }

    @Test
    void fullRedisRefusesChangesAndLosesNothing() {
        try (FaultRun run = FaultRun.start("maxmemory reached, noeviction", redis())) {
            redis().command("CONFIG", "SET", "maxmemory-policy", "noeviction");
            redis().command("CONFIG", "SET", "maxmemory", "1");
            try {
                run.awaitRefusals();
            } finally {
                redis().command("CONFIG", "SET", "maxmemory", "0");
            }
            run.faultIsOver();
        }
    }

    @Test
    void primaryThatBecomesAReplicaLosesNothing() {
        try (FaultRun run = FaultRun.start("primary becomes a read-only replica", redis())) {
            redis().command("REPLICAOF", "127.0.0.1", Integer.toString(RedisServer.freePort()));
            try {
                run.awaitRefusals();
            } finally {
                redis().command("REPLICAOF", "NO", "ONE");
            }
            run.faultIsOver();
        }
    }

    @Test
    void forgottenScriptsAreSentAgainAndNobodyIsRefused() {
        try (FaultRun run = FaultRun.start("20 times SCRIPT FLUSH", redis())) {
            for (int i = 0; i < 20; i++) {
                redis().command("SCRIPT", "FLUSH");
            }
            run.faultIsOver();
            assertThat(run.refusals()).isZero();
        }
    }

    @Test
    @Tag("full")
    void keysThatSomebodyOverwritesWithAnotherTypeAreNoSessions() {
        try (FaultRun run = FaultRun.start("keys of another type", redis())) {
            Set<String> keys = redis().keys().stream().filter(key -> key.startsWith("imsession:{")).limit(20)
                    .collect(Collectors.toSet());
            assertThat(keys).isNotEmpty();
            run.redisLoses(keys.stream().map(key -> key.substring(key.indexOf('{') + 1, key.indexOf('}')))
                    .collect(Collectors.toSet()));
            keys.forEach(key -> redis().command("SET", key, "no session"));
            run.faultIsOver();
            assertThat(run.refusals()).isZero();
        }
    }

    private static RedisServer redis() {
        return proxy().server();
    }
}
