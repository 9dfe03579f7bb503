package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.quarkus.maven.dependency.ArtifactCoords;
import io.quarkus.maven.dependency.ResolvedDependency;
import io.quarkus.maven.dependency.ResolvedDependencyBuilder;

class RedisDependentsTest {

    private static final String REDIS = "io.quarkus:quarkus-redis-client";
    private static final String OURS = "io.quarkiverse.imsession:quarkus-imsession";

    @Test
    void redisThatOnlySessionsBroughtIsOnlyOurs() {
        assertThat(RedisDependents.areOnlyOurs(List.of(artifact(REDIS), artifact(OURS, REDIS),
                artifact(REDIS + "-deployment", REDIS), artifact(OURS + "-deployment", OURS, REDIS),
                artifact("org.acme:lib", OURS)))).isTrue();
    }

    @Test
    void redisThatMetricsOnlyLookAtIsOnlyOurs() {
        assertThat(RedisDependents.areOnlyOurs(List.of(artifact(REDIS), artifact(OURS, REDIS),
                artifact("io.quarkus:quarkus-micrometer", REDIS)))).isTrue();
    }

    @Test
    void redisThatTheApplicationDependsOnIsNotOnlyOurs() {
        ResolvedDependency direct = builder(REDIS).setDirect(true).build();

        assertThat(RedisDependents.areOnlyOurs(List.of(direct, artifact(OURS, REDIS)))).isFalse();
    }

    @Test
    void redisThatAnotherExtensionDependsOnIsNotOnlyOurs() {
        assertThat(RedisDependents.areOnlyOurs(
                List.of(artifact(REDIS), artifact(OURS, REDIS), artifact("io.quarkus:quarkus-redis-cache", REDIS)))).isFalse();
    }

    @Test
    void redisIsNotOnlyOursIfTheBuildToolDoesNotTell() {
        assertThat(RedisDependents.areOnlyOurs(List.of(artifact(REDIS), artifact(OURS)))).isFalse();
    }

    private static ResolvedDependency artifact(String name, String... dependencies) {
        return builder(name).setDependencies(List.of(dependencies).stream().map(RedisDependentsTest::coords).toList()).build();
    }

    private static ResolvedDependencyBuilder builder(String name) {
        ArtifactCoords coords = coords(name);
        return ResolvedDependencyBuilder.newInstance().setCoords(coords).setResolvedPath(Path.of("lib.jar"));
    }

    private static ArtifactCoords coords(String name) {
        return ArtifactCoords.jar(name.substring(0, name.indexOf(':')), name.substring(name.indexOf(':') + 1), "1");
    }
}
