package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import java.util.logging.Level;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkus.arc.Arc;
import io.vertx.redis.client.Redis;

/** An application that has the extension and does not want it. */
class DisabledTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, EffectiveRedisSettings.class)
            .config("quarkus.imsession.enabled", "false")
            .config("quarkus.imsession.store", "redis")
            .buildStep(EffectiveRedisSettings.recorder())
            .logs(Level.INFO, records -> assertThat(records).anyMatch(line -> line.contains("Installed features: "))
                    .noneMatch(line -> line.contains("Installed features: ") && line.contains("imsession")));

    @Test
    void noSessionCanBeInjectedAndNothingElseIsThere() {
        assertThat(Arc.container().instance(ImSession.class).isAvailable()).isFalse();
        assertThat(Arc.container().instance(SessionStore.class).isAvailable()).isFalse();
        assertThat(Arc.container().instance(SessionIdResolver.class).isAvailable()).isFalse();
        assertThat(Arc.container().instance(Redis.class).isAvailable()).isFalse();
    }

    @Test
    void noRequestHasASession() {
        Client.get("/excluded/read", null).then().statusCode(200)
                .body(containsString("quarkus.imsession.enabled is false"));
    }

    @Test
    void neitherDevServiceNorHealthCheckOfRedisIsThere() {
        assertThat(EffectiveRedisSettings.get()).isEqualTo("dev service false, health check false");
        Client.get("/q/health", null).then().statusCode(200).body(not(containsString("Redis")));
    }
}
