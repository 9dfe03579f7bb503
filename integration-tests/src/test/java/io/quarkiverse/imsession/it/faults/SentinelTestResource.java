package io.quarkiverse.imsession.it.faults;

import java.util.Map;

import io.quarkiverse.imsession.test.RedisSentinels;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Starts a Redis with a replica and Sentinels. */
public class SentinelTestResource implements QuarkusTestResourceLifecycleManager {

    private static volatile RedisSentinels redis;

    /** Those of the running test; after one that failed, Quarkus starts another one. */
    static RedisSentinels redis() {
        return redis;
    }

    @Override
    public Map<String, String> start() {
        redis = RedisSentinels.start();
        return Map.of("quarkus.redis.hosts", String.join(",", redis.uris()), "quarkus.redis.client-type", "sentinel",
                "quarkus.redis.master-name", RedisSentinels.NAME, "quarkus.redis.auto-failover", "true",
                "quarkus.redis.tls-configuration-name", "");
    }

    @Override
    public void stop() {
        redis.close();
    }
}
