package io.quarkiverse.imsession.it.faults;

import static io.quarkiverse.imsession.it.faults.ClusterTestResource.redis;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;

/** A cluster of three nodes that refuses everything while one is missing, as clusters do by default. */
@Tag("packaged")
@QuarkusTest
@TestProfile(ClusterProfile.class)
class ClusterFaultsTest {

    @Test
    void slotsThatMoveLoseNothing() {
        try (FaultRun run = FaultRun.start("Cluster: 20 slots migrated", redis().nodes())) {
            RedisServer from = redis().nodes().get(0);
            List<String> keys = from.keys();
            assertThat(keys).isNotEmpty();
            // Two of them may have the same slot.
            keys.stream().limit(20).filter(key -> redis().owner(key) == from)
                    .forEach(key -> redis().moveSlot(key, redis().nodes().get(1)));
            run.faultIsOver();
        }
    }

    @Test
    void lostShardThatComesBackLosesNothing() {
        RedisServer node = redis().nodes().get(2);
        try (FaultRun run = FaultRun.start("Cluster: shard lost, and back", redis().nodes())) {
            node.stop();
            run.awaitRefusals();
            node.restart();
            redis().awaitOk();
            run.faultIsOver();
        }
    }
}
