package io.quarkiverse.imsession.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.session.NearApplication;
import io.quarkiverse.imsession.runtime.session.NearCacheContract;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.test.RedisServer;

/** Instances of an application that keep sessions of one Redis near. */
class RedisNearCacheTest extends NearCacheContract<RedisSessionStore> {

    @RegisterExtension
    final RedisFixture<RedisServer> redis = RedisFixture.standalone("near");

    @Override
    protected RedisSessionStore newStore() {
        return redis.newStore();
    }

    @Override
    protected void close(RedisSessionStore store) {
        store.close();
    }

    @Override
    protected Duration soon() {
        return Duration.ofSeconds(2);
    }

    @Test
    void readsOfAKnownSessionCostNoCommand() throws Exception {
        String cookie = create(1);
        await().until(() -> {
            one.load(cookie);
            return redis.server().count(() -> {
                for (int i = 0; i < 10; i++) {
                    assertThat(one.load(cookie).data()).isEqualTo(SessionData.of("count", 1));
                }
            }).getOrDefault("hgetall", 0) == 0;
        });
    }

    @Test
    void nothingIsNearAfterAFlush() {
        String cookie = create(1);
        one.keep(cookie);
        redis.server().command("FLUSHALL");
        await().atMost(soon()).until(() -> !one.load(cookie).exists());
    }

    @Test
    void killedConnectionIsReplacedAndNothingStaleIsGivenOutMeanwhile() {
        String cookie = create(1);
        two.keep(cookie);
        redis.server().command("CLIENT", "KILL", "TYPE", "normal");
        redis.server().command("HSET", redis.keys().session(NearApplication.id(cookie)), "count", "3");
        await().atMost(soon()).ignoreExceptions()
                .until(() -> two.load(cookie).data().equals(SessionData.of("count", 3)));
        two.awaitUse();
    }

    @Test
    void hangingRedisEndsTheUseOfTheCacheAfterTheBound() throws Exception {
        String cookie = create(1);
        one.keep(cookie);
        redis.server().hang();
        try {
            await().pollInterval(Duration.ofMillis(10)).atMost(NearApplication.MAX_SILENCE.multipliedBy(2))
                    .until(() -> one.near().get(NearApplication.id(cookie), 0) == null);
        } finally {
            redis.server().goOn();
        }
        one.awaitUse();
    }

    @Test
    void expiryIsToldOnceByEachInstanceThatHasTheSession() throws Exception {
        SessionId id = keptByBothUntilItsEnd();
        await().atMost(Duration.ofSeconds(60)).until(() -> expired(id) == 2);
        // What is told afterwards of the same key tells nothing new.
        redis.server().command("SET", redis.keys().session(id), "x");
        redis.server().command("DEL", redis.keys().session(id));
        one.awaitUse();
        two.awaitUse();
        assertThat(expired(id)).isEqualTo(2);
        assertThat(events).noneMatch(event -> event instanceof SessionEvent.Expired other && !other.id().equals(id));
    }

    private long expired(SessionId id) {
        return events.stream().filter(new SessionEvent.Expired(id)::equals).count();
    }

    /** A session that ends soon. On a slow machine it may have ended before both have it, and then another one is made. */
    private SessionId keptByBothUntilItsEnd() {
        String cookie;
        String key;
        do {
            cookie = create(1);
            key = redis.keys().session(NearApplication.id(cookie));
            long end = System.currentTimeMillis() + 3_000;
            String[] meta = redis.server().hash(key).get("@meta").split(" ");
            redis.server().command("HSET", key, "@meta", meta[0] + ' ' + meta[1] + ' '
                    + (end - SessionStore.EXPIRY_SLACK.toMillis()) + ' ' + meta[3]);
            redis.server().command("PEXPIREAT", key, Long.toString(end + 50));
            while (System.currentTimeMillis() < end && !(one.has(cookie) && two.has(cookie))) {
                one.load(cookie);
                two.load(cookie);
            }
        } while (redis.server().command("EXISTS", key).equals(0L));
        return NearApplication.id(cookie);
    }
}
