package io.quarkiverse.imsession.it.faults;

import java.util.Map;

import io.quarkiverse.imsession.test.RedisCluster;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Starts a Redis Cluster that writes each change to disk. */
public class ClusterTestResource implements QuarkusTestResourceLifecycleManager {

    private static volatile RedisCluster redis;

    /** That of the running test; after one that failed, Quarkus starts another one. */
    public static RedisCluster redis() {
        return redis;
    }

    @Override
    public Map<String, String> start() {
        redis = RedisCluster.start("--appendonly", "yes", "--appendfsync", "always");
        return Map.of("quarkus.redis.hosts", String.join(",", redis.uris()), "quarkus.redis.client-type", "cluster",
                "quarkus.redis.tls-configuration-name", "");
    }

    @Override
    public void stop() {
        redis.close();
    }
}
