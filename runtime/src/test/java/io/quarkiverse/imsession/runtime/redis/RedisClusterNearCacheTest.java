package io.quarkiverse.imsession.runtime.redis;

import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.session.NearInstance;
import io.quarkiverse.imsession.spi.StoredSession;
import io.quarkiverse.imsession.test.RedisCluster;
import io.quarkiverse.imsession.test.RedisServer;

/** Instances of an application that keep sessions of a Redis Cluster near: each primary tells what changes in its slots. */
@Tag("further")
class RedisClusterNearCacheTest extends NearInstancesContract {

    @RegisterExtension
    final RedisFixture<RedisCluster> redis = RedisFixture.cluster("near");

    @Override
    RedisFixture<?> redis() {
        return redis;
    }

    @Test
    void changesAreToldByEachPrimary() {
        for (RedisServer node : redis.server().nodes()) {
            assertOwnChangesAtOnceAndOthersInTime(createOn(node));
        }
    }

    @Test
    void changesOfAMovedSlotAreToldByItsNewPrimary() {
        RedisServer from = redis.server().nodes().get(1);
        String cookie = createOn(from);
        String other = cookieOfAnother(cookie);
        one.keep(other);
        two.keep(other);
        redis.server().moveSlot(key(cookie), redis.server().nodes().get(2));
        change(one, cookie, 2);
        awaitSeen(two, other, 2, System.nanoTime());
        assertOwnChangesAtOnceAndOthersInTime(cookie);
    }

    /** The session is on another one, which tells of life all the time: but its slot might have moved. */
    @Test
    @Tag("full")
    void nothingIsNearWhileOneOfThePrimariesHangs() {
        String cookie = createOn(redis.server().nodes().get(0));
        two.keep(cookie);
        RedisServer hung = redis.server().nodes().get(1);
        hung.hang();
        try {
            await().atMost(NearInstance.MAX_SILENCE.multipliedBy(2)).pollInterval(Duration.ofMillis(5))
                    .until(() -> !two.has(cookie));
        } finally {
            hung.goOn();
        }
        two.awaitUse();
        assertOwnChangesAtOnceAndOthersInTime(cookie);
    }

    @Test
    void nothingIsNearUntilEachOfThePrimariesTellsItsChanges() {
        String cookie = createOn(redis.server().nodes().get(0));
        two.keep(cookie);
        StoredSession kept = two.near().get(NearInstance.id(cookie), 0);
        RedisServer down = redis.server().nodes().get(1);
        down.stop();
        await().atMost(NearInstance.MAX_SILENCE.multipliedBy(2)).pollInterval(Duration.ofMillis(5))
                .until(() -> !two.has(cookie));
        await().during(NearInstance.MAX_SILENCE.multipliedBy(2)).atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20)).until(() -> {
                    two.near().put(NearInstance.id(cookie), two.near().ticket(NearInstance.id(cookie)), kept);
                    return !two.has(cookie);
                });
    }

    @Test
    @Tag("full")
    void nothingIsStaleWhenAReplicaTakesThePlaceOfAPrimaryThatWasKilled() {
        redis.server().startReplicas();
        RedisServer killed = redis.server().nodes().get(1);
        RedisServer promoted = redis.server().replica(killed);
        String cookie = createOn(killed);
        String other = cookieOfAnother(cookie);
        one.keep(other);
        two.keep(other);
        await().until(() -> promoted.keys().contains(key(cookie)));
        killed.stop();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ((String) promoted.command("INFO", "replication")).contains("role:master"));
        change(one, cookie, 2);
        awaitSeen(two, other, 2, System.nanoTime());
        two.awaitUse();
        assertOwnChangesAtOnceAndOthersInTime(cookie);
    }

    /** Where nobody tells which servers are primaries, slots may have moved to one that tells this instance nothing. */
    @Test
    void nothingIsNearWhileThePrimariesAreUnknown() {
        String cookie = createOn(redis.server().nodes().get(0));
        two.keep(cookie);
        redis.server().nodes().forEach(node -> node.command("ACL", "SETUSER", "default", "-cluster"));
        await().atMost(Duration.ofSeconds(10)).until(() -> !two.has(cookie));
        await().during(NearInstance.MAX_SILENCE).atMost(Duration.ofSeconds(10)).until(() -> !two.has(cookie));
    }

    private String createOn(RedisServer node) {
        String cookie;
        do {
            cookie = create(1);
        } while (redis.server().owner(key(cookie)) != node);
        return cookie;
    }

    private String key(String cookie) {
        return redis.keys().session(NearInstance.id(cookie));
    }
}
