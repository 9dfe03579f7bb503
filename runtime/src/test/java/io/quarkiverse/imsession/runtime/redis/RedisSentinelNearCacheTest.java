package io.quarkiverse.imsession.runtime.redis;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.RedisSentinels;
import io.quarkiverse.imsession.test.RedisServer;

/** Instances of an application that keep sessions near, while Sentinels make a replica the primary. */
@Tag("further")
class RedisSentinelNearCacheTest extends NearInstancesContract {

    @RegisterExtension
    final RedisFixture<RedisSentinels> redis = RedisFixture.sentinels("near");

    @Override
    RedisFixture<?> redis() {
        return redis;
    }

    @Test
    void nothingIsStaleAfterAPlannedFailOver() {
        RedisServer former = redis.server().primary();
        String cookie = keptByBoth();
        redis.server().failOver();
        redis.server().awaitFailOver(former);
        redis.server().demote(former);
        assertNothingIsStale(cookie);
    }

    @Test
    @Tag("full")
    void nothingIsStaleAfterThePrimaryWasKilled() {
        RedisServer former = redis.server().primary();
        String cookie = keptByBoth();
        former.stop();
        redis.server().awaitFailOver(former);
        assertNothingIsStale(cookie);
    }

    private String keptByBoth() {
        String cookie = create(1);
        one.keep(cookie);
        two.keep(cookie);
        redis.server().awaitReplication();
        return cookie;
    }

    private void assertNothingIsStale(String cookie) {
        change(one, cookie, 2);
        awaitSeen(two, cookieOfAnother(cookie), 2, System.nanoTime());
        one.awaitUse();
        two.awaitUse();
        assertOwnChangesAtOnceAndOthersInTime(cookie);
    }
}
