package io.quarkiverse.imsession.it;

import java.util.Map;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** Starts a Redis for the application under test. */
public class RedisTestResource implements QuarkusTestResourceLifecycleManager {

    private static volatile RedisServer server;

    /** The server of the running test; after one that failed, Quarkus starts another one. */
    public static RedisServer server() {
        return server;
    }

    /** Settings for one plain server. All are set, as a packaged application also gets those of the test before. */
    public static Map<String, String> standalone(String uri) {
        return Map.of("quarkus.redis.hosts", uri, "quarkus.redis.client-type", "standalone",
                "quarkus.redis.tls-configuration-name", "");
    }

    @Override
    public Map<String, String> start() {
        server = RedisServer.start();
        return standalone(server.uri());
    }

    @Override
    public void stop() {
        server.close();
    }
}
