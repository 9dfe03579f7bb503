package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ExplicitRedisSettingsTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, EffectiveRedisSettings.class)
            .config("quarkus.imsession.store", "memory")
            .config("quarkus.redis.devservices.enabled", "true")
            .config("quarkus.redis.health.enabled", "true")
            .buildStep(EffectiveRedisSettings.recorder());

    @Test
    void whatTheUserSetsWins() {
        assertThat(EffectiveRedisSettings.get()).isEqualTo("dev service true, health check true");
    }
}
