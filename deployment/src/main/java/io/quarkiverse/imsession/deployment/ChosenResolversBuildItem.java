package io.quarkiverse.imsession.deployment;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig.ResolverKind;
import io.quarkus.builder.item.SimpleBuildItem;

/** The built-in resolvers that the application uses; none if it has its own resolver. */
final class ChosenResolversBuildItem extends SimpleBuildItem {

    private final Optional<List<ResolverKind>> kinds;

    ChosenResolversBuildItem(Optional<List<ResolverKind>> kinds) {
        this.kinds = kinds;
    }

    Optional<List<ResolverKind>> kinds() {
        return kinds;
    }

    /** Whether clients can carry the token in a cookie. A resolver of the application may use one. */
    boolean hasCookies() {
        return kinds.map(chosen -> chosen.contains(ResolverKind.COOKIE)).orElse(true);
    }

    /** The text for the log. */
    @Override
    public String toString() {
        return kinds.map(chosen -> chosen.stream().map(ResolverKind::identifier).collect(Collectors.joining("+")))
                .orElse("of the application");
    }
}
