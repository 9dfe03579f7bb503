package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;

class OwnRedisClientTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class, EffectiveRedisSettings.class)
            .config("quarkus.imsession.store", "memory")
            .dependencies(List.of(Dependency.of("io.quarkus", "quarkus-redis-client", Version.getVersion())))
            .buildStep(EffectiveRedisSettings.recorder());

    @Test
    void anApplicationThatUsesRedisItselfKeepsItsDevServiceAndHealthCheck() {
        assertThat(EffectiveRedisSettings.get()).isEqualTo("dev service true, health check true");
    }
}
