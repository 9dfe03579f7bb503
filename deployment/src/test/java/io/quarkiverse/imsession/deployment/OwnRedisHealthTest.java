package io.quarkiverse.imsession.deployment;

import static org.hamcrest.Matchers.containsInAnyOrder;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkus.builder.Version;
import io.quarkus.maven.dependency.Dependency;

class OwnRedisHealthTest {

    @RegisterExtension
    static final TestApp APP = TestApp.of(Routes.class).redis()
            .dependencies(List.of(Dependency.of("io.quarkus", "quarkus-redis-client", Version.getVersion())));

    @Test
    void anApplicationThatUsesRedisItselfKeepsItsCheckBesideThatOfSessions() {
        Client.get("/q/health/ready", null).then().statusCode(200).body("checks.name",
                containsInAnyOrder("Sessions in Redis", "Redis connection health check"));
    }
}
