package io.quarkiverse.imsession.deployment;

import java.util.Map;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A Redis for an application under test. */
public class RedisResource implements QuarkusTestResourceLifecycleManager {

    private RedisServer server;

    @Override
    public Map<String, String> start() {
        server = RedisServer.start();
        return Map.of("quarkus.redis.hosts", server.uri());
    }

    @Override
    public void stop() {
        server.close();
    }
}
