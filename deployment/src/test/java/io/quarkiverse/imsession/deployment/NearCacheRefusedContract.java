package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;

import io.vertx.core.Vertx;

/** The near cache is switched on, and Redis refuses to tell what changes. */
abstract class NearCacheRefusedContract {

    @Inject
    Vertx vertx;

    static TestApp app() {
        return TestApp.of(Routes.class).with(NearCacheRefusedContract.class, RawRedis.class)
                .config("quarkus.imsession.near-cache.enabled", "true");
    }

    /** Whether Redis has refused what the near cache needs. */
    abstract boolean isRefused(RawRedis redis);

    @Test
    void requestsAskRedisAsBefore() {
        try (RawRedis redis = new RawRedis(vertx)) {
            await().until(() -> isRefused(redis));
            String token = Client.login("name", "anna");
            for (int i = 0; i < 10; i++) {
                long before = redis.calls("hgetall");
                Client.get("/read", token).then().body(equalTo("{name=anna}"));
                assertThat(redis.calls("hgetall")).isEqualTo(before + 1);
            }
            assertThat(Client.get("/set?name=bert", token).asString()).isEqualTo("{name=bert}");
        }
    }

    /** Each try is a line at most. */
    static void warned(List<String> log) {
        assertThat(log).isNotEmpty().allSatisfy(line -> assertThat(line).contains("quarkus.imsession.near-cache",
                "+ping", "+client|tracking", "version 6").doesNotContain("secret"));
    }
}
