package io.quarkiverse.imsession.deployment;

import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.QuarkusDevModeTest;

class DevUiRedisTest extends DevUiContract {

    private static final int PORT = RedisServer.freePort();
    private static final RedisServer REDIS = RedisServer.start();

    @RegisterExtension
    static final QuarkusDevModeTest APP = app(PORT, "quarkus.imsession.store=redis", "quarkus.redis.hosts=" + REDIS.uri());

    DevUiRedisTest() {
        super(PORT);
    }

    @Override
    Set<String> otherStores() {
        return Set.of("memory.");
    }

    @Override
    String where(String id) {
        return "imsession:{" + id + "}";
    }

    @AfterAll
    static void stopRedis() {
        REDIS.close();
    }
}
