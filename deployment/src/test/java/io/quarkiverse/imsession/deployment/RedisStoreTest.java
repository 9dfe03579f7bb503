package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.redis.RedisSessionStore;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkus.arc.Arc;

class RedisStoreTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, EffectiveRedisSettings.class)
            .redis()
            .buildStep(EffectiveRedisSettings.recorder());

    @Test
    void sessionsAreKeptInRedis() {
        assertThat(Arc.container().instance(SessionStore.class).get()).isInstanceOf(RedisSessionStore.class);
        String token = Client.login("name", "anna");

        Client.get("/read", token).then().statusCode(200).body(equalTo("{name=anna}"));
        Client.get("/destroy", token).then().statusCode(200);
        Client.get("/read", token).then().statusCode(200).body(equalTo("no session"));
    }

    @Test
    void theDevServiceOfRedisIsThereAndItsHealthCheckLeavesItToThatOfSessions() {
        assertThat(EffectiveRedisSettings.get()).isEqualTo("dev service true, health check false");
        Client.get("/q/health/ready", null).then().statusCode(200).body("checks.name", equalTo(List.of("Sessions in Redis")));
    }
}
