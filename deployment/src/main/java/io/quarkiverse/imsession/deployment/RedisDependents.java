package io.quarkiverse.imsession.deployment;

import java.util.Collection;
import java.util.Set;

import io.quarkus.maven.dependency.ArtifactCoords;
import io.quarkus.maven.dependency.ResolvedDependency;

/** Finds the dependencies through which an application has quarkus-redis-client. */
final class RedisDependents {

    private static final String REDIS = "io.quarkus:quarkus-redis-client";
    private static final String OURS = "io.quarkiverse.imsession:quarkus-imsession";
    /** Dependencies that do not count: they belong to quarkus-redis-client, or use it only if it is present. */
    private static final Set<String> COMPANIONS = Set.of(REDIS + "-deployment", OURS + "-deployment",
            "io.quarkus:quarkus-micrometer");

    private RedisDependents() {
    }

    /**
     * Whether the application has quarkus-redis-client only for sessions. False if that is unknown, as not every build tool
     * reports which artifact depends on which.
     */
    static boolean areOnlyOurs(Collection<ResolvedDependency> dependencies) {
        boolean ours = false;
        for (ResolvedDependency dependency : dependencies) {
            String name = name(dependency);
            if (name.equals(REDIS) && dependency.isDirect()) {
                return false;
            }
            if (!COMPANIONS.contains(name) && dependsOnRedis(dependency)) {
                if (!name.equals(OURS)) {
                    return false;
                }
                ours = true;
            }
        }
        return ours;
    }

    private static boolean dependsOnRedis(ResolvedDependency dependency) {
        return dependency.getDependencies().stream().anyMatch(on -> name(on).equals(REDIS));
    }

    private static String name(ArtifactCoords artifact) {
        return artifact.getGroupId() + ':' + artifact.getArtifactId();
    }
}
