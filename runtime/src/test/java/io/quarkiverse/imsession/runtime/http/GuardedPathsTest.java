package io.quarkiverse.imsession.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.quarkus.vertx.http.runtime.PolicyMappingConfig;
import io.quarkus.vertx.http.runtime.PolicyMappingConfig.AppliesTo;

class GuardedPathsTest {

    @Test
    void pathIsGuardedByTheLongestThatMatchesUnlessThatPermitsAll() {
        GuardedPaths paths = paths(permission("authenticated", "/*"), permission("permit", "/css/*", "/login.html"),
                permission("admin", "/css/secret.css"));
        assertThat(paths.guards("/index.html")).isTrue();
        assertThat(paths.guards("/css/site.css")).isFalse();
        assertThat(paths.guards("/login.html")).isFalse();
        assertThat(paths.guards("/css/secret.css")).isTrue();
    }

    @Test
    void pathIsGuardedByOneOfSeveralAndBySharedOnesBesides() {
        assertThat(paths(permission("permit", "/a/*"), permission("admin", "/a/*")).guards("/a/b.html")).isTrue();
        assertThat(paths(new Permission("admin", List.of("/*"), Optional.empty(), true, true, AppliesTo.ALL),
                permission("permit", "/a/*")).guards("/a/b.html")).isTrue();
    }

    @Test
    void pathIsNotGuardedByWhatIsSwitchedOffOrForOtherRequests() {
        List<String> all = List.of("/*");
        assertThat(paths().guards("/index.html")).isFalse();
        assertThat(paths(new Permission("admin", all, Optional.empty(), false, false, AppliesTo.ALL)).guards("/index.html"))
                .isFalse();
        assertThat(paths(new Permission("admin", all, Optional.of(List.of("POST")), false, true, AppliesTo.ALL))
                .guards("/index.html")).isFalse();
        assertThat(paths(new Permission("admin", all, Optional.of(List.of("GET", "POST")), false, true, AppliesTo.ALL))
                .guards("/index.html")).isTrue();
        assertThat(paths(new Permission("admin", all, Optional.empty(), false, true, AppliesTo.JAXRS)).guards("/index.html"))
                .isFalse();
    }

    @Test
    void relativePathBelongsToTheRootPath() {
        GuardedPaths paths = new GuardedPaths(List.of(permission("authenticated", "pages/*")), "/app/");
        assertThat(paths.guards("/app/pages/index.html")).isTrue();
        assertThat(paths.guards("/pages/index.html")).isFalse();
    }

    private static GuardedPaths paths(PolicyMappingConfig... permissions) {
        return new GuardedPaths(List.of(permissions), "/");
    }

    private static PolicyMappingConfig permission(String policy, String... paths) {
        return new Permission(policy, List.of(paths), Optional.empty(), false, true, AppliesTo.ALL);
    }

    private record Permission(String policy, List<String> all, Optional<List<String>> methods, boolean shared, boolean on,
            AppliesTo appliesTo) implements PolicyMappingConfig {

        @Override
        public Optional<Boolean> enabled() {
            return Optional.of(on);
        }

        @Override
        public Optional<List<String>> paths() {
            return Optional.of(all);
        }

        @Override
        public Optional<Set<String>> authMechanism() {
            return Optional.empty();
        }
    }
}
