package io.quarkiverse.imsession.deployment;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.List;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.test.RunningRedis;
import io.restassured.response.ValidatableResponse;

@Tag("further")
class HungRedisHealthTest {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(2);
    /** What the check of the Redis client waits for. */
    private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(10);

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class).redis()
            .config("quarkus.otel.enabled", "false")
            .config("quarkus.micrometer.enabled", "false");

    @ConfigProperty(name = "quarkus.redis.hosts")
    String redis;

    @Test
    void theApplicationIsNotReadyWithinTheTimeoutOfSessionsWhileRedisHangs() {
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> ready().statusCode(200));
        RunningRedis server = RunningRedis.at(redis);
        server.hang();
        // With a connection, and without one.
        for (int i = 0; i < 2; i++) {
            long begin = System.nanoTime();
            ready().statusCode(503).body("status", equalTo("DOWN")).body("checks.name", equalTo(List.of("Sessions in Redis")));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(REDIS_TIMEOUT).isGreaterThanOrEqualTo(
                    COMMAND_TIMEOUT.dividedBy(2));
        }
        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        server.goOn();
        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> ready().statusCode(200).body("status", equalTo("UP")));
    }

    private static ValidatableResponse ready() {
        return given().get("/q/health/ready").then();
    }
}
