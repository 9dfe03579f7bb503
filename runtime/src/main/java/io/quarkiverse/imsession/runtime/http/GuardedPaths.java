package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import io.quarkus.vertx.http.runtime.PolicyMappingConfig;
import io.quarkus.vertx.http.runtime.PolicyMappingConfig.AppliesTo;
import io.quarkus.vertx.http.runtime.security.ImmutablePathMatcher;

/** The paths whose GET requests an HTTP policy of the configuration guards, so that they need the session of a user. */
public final class GuardedPaths {

    private static final String PERMIT = "permit";

    /** As in Quarkus, the longest path counts, and besides the longest one of those that are shared. */
    private final ImmutablePathMatcher<List<String>> policies;
    private final ImmutablePathMatcher<List<String>> shared;

    /** @param root the root path of the application, to which relative paths belong */
    public GuardedPaths(Collection<PolicyMappingConfig> permissions, String root) {
        policies = matcher(permissions, permission -> !permission.shared(), root);
        shared = matcher(permissions, PolicyMappingConfig::shared, root);
    }

    private static ImmutablePathMatcher<List<String>> matcher(Collection<PolicyMappingConfig> permissions,
            Predicate<PolicyMappingConfig> chosen, String root) {
        ImmutablePathMatcher.ImmutablePathMatcherBuilder<List<String>> all = ImmutablePathMatcher
                .<List<String>> builder().handlerAccumulator(List::addAll).rootPath(root);
        permissions.stream().filter(chosen).filter(GuardedPaths::isOfReads)
                .forEach(permission -> permission.paths().orElse(List.of())
                        .forEach(path -> all.addPath(path, new ArrayList<>(List.of(permission.policy())))));
        return all.build();
    }

    private static boolean isOfReads(PolicyMappingConfig permission) {
        return permission.enabled().orElse(true) && permission.appliesTo() == AppliesTo.ALL
                && permission.methods().map(methods -> methods.isEmpty() || methods.contains("GET")).orElse(true);
    }

    public boolean guards(String path) {
        return guards(policies, path) || guards(shared, path);
    }

    private static boolean guards(ImmutablePathMatcher<List<String>> matcher, String path) {
        List<String> found = matcher.match(path).getValue();
        return found != null && found.stream().anyMatch(policy -> !policy.equals(PERMIT));
    }
}
