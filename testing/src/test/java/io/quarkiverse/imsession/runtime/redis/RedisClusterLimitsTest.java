package io.quarkiverse.imsession.runtime.redis;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkiverse.imsession.runtime.redis.client.Replicas;
import io.quarkiverse.imsession.runtime.store.CappedSessionStoreContract;
import io.quarkiverse.imsession.runtime.store.SessionLimit;
import io.quarkiverse.imsession.runtime.store.SessionLimits;
import io.quarkiverse.imsession.spi.IndexedSessionStore;
import io.quarkiverse.imsession.test.RedisCluster;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Redis;

@Tag("further")
class RedisClusterLimitsTest extends CappedSessionStoreContract {

    /** Fifty log-ins that fight for three places take a while on a busy machine. */
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);
    private static final RedisKeys KEYS = new RedisKeys("test");

    private static RedisCluster cluster;
    private static Vertx vertx;

    private final RedisSessionStore store = new RedisSessionStore(vertx,
            () -> Redis.createClient(vertx, RedisFixture.options(cluster)), KEYS, COMMAND_TIMEOUT,
            Replicas.NONE, Set.of("user_id", "tenant", REFUSING, ENDING),
            new SessionLimits(Map.of(REFUSING, new SessionLimit(MAX, false), ENDING, new SessionLimit(MAX, true)),
                    (id, full) -> ended.add(id)));

    @BeforeAll
    static void start() {
        cluster = RedisCluster.start();
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        cluster.close();
    }

    @AfterEach
    void close() {
        store.close();
        cluster.nodes().forEach(node -> node.command("FLUSHALL"));
    }

    @Override
    protected IndexedSessionStore store() {
        return store;
    }

    @Override
    protected Duration timeToLive(SessionId id) {
        String key = KEYS.session(id);
        return Duration.ofMillis((Long) cluster.command(key, "PTTL", key));
    }

    /** A session whose lifetime is over was stored long ago: it has no mark. */
    @Override
    protected void expire(SessionId id) {
        String session = KEYS.session(id);
        cluster.command(session, "DEL", session);
        cluster.keys().stream().filter(key -> key.startsWith("test:ref:"))
                .forEach(key -> cluster.command(key, "ZREM", key, "+" + id));
    }
}
