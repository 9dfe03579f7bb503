package org.acme.shop;

import java.util.Map;

import org.junit.jupiter.api.Tag;

import io.quarkiverse.imsession.test.RedisServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusIntegrationTest;

@Tag("further")
@QuarkusIntegrationTest
@WithTestResource(ShopIT.Redis.class)
class ShopIT extends ShopTest {

    /** Plain HTTP, as the tests have it, needs a cookie that is not {@code Secure}. */
    public static final class Redis implements QuarkusTestResourceLifecycleManager {

        private RedisServer server;

        @Override
        public Map<String, String> start() {
            server = RedisServer.start();
            return Map.of("quarkus.redis.hosts", server.uri(), "quarkus.imsession.cookie.secure", "false");
        }

        @Override
        public void stop() {
            server.close();
        }
    }
}
