package io.quarkiverse.imsession.deployment;

import static io.quarkiverse.imsession.deployment.Meters.ACTIVE;
import static io.quarkiverse.imsession.deployment.Meters.commits;
import static io.quarkiverse.imsession.deployment.Meters.loads;
import static io.quarkiverse.imsession.deployment.Meters.refused;
import static io.quarkiverse.imsession.deployment.Meters.store;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A Redis that is not there: nobody listens on that port. */
class DeadRedisMetricsTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, Meters.class)
            .config("quarkus.imsession.store", "redis")
            .config("quarkus.redis.hosts", "redis://localhost:1")
            .config("quarkus.otel.enabled", "false");

    @Test
    void aSessionThatCannotBeLoadedIsAFailedLoad() {
        Map<String, Double> counted = new HashMap<>(Meters
                .during(() -> Client.get("/read", "a".repeat(22) + "." + "b".repeat(32)).then().statusCode(503)));
        counted.remove(store("destroy", "failure"));
        assertThat(counted).isEqualTo(Map.of(loads("failed"), 1.0, store("load", "failure"), 1.0, refused("store"), 1.0));
    }

    @Test
    void aSessionThatCannotBeStoredIsAFailedCommit() {
        Map<String, Double> counted = new HashMap<>(
                Meters.during(() -> Client.get("/set?name=anna", null).then().statusCode(503)));
        // It may have been stored nevertheless, so its end is tried, now and again.
        counted.remove(store("destroy", "failure"));
        assertThat(counted).isEqualTo(Map.of(loads("none"), 1.0, commits("create", "failed"), 1.0,
                store("create", "failure"), 1.0, refused("store"), 1.0));
    }

    @Test
    void redisHasNoCheapCountOfSessions() {
        assertThat(Meters.read()).isNotEmpty().doesNotContainKey(ACTIVE);
    }

    @Test
    void theApplicationIsNotReady() {
        given().get("/q/health/ready").then().statusCode(503).body("status", equalTo("DOWN"))
                .body("checks[0].name", containsString("Redis"));
    }

    @Test
    void theApplicationIsAliveAllTheSame() {
        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    }
}
