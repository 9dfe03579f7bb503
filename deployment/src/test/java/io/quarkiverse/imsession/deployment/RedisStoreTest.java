package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.imsession.runtime.store.RedisSessionStore;
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
    void devServiceAndHealthCheckOfRedisAreAsTheyAreWithoutUs() {
        assertThat(EffectiveRedisSettings.get()).isEqualTo("dev service true, health check true");
        Client.get("/q/health", null).then().statusCode(200).body(containsString("Redis connection health check"));
    }
}
