package io.quarkiverse.imsession.deployment;

import io.quarkus.builder.item.MultiBuildItem;

/** Paths that have sessions although they are endpoints of Quarkus, as a log-in happens there: exact or by prefix. */
final class AlsoIncludedBuildItem extends MultiBuildItem {

    private final String pattern;

    AlsoIncludedBuildItem(String pattern) {
        this.pattern = pattern;
    }

    String pattern() {
        return pattern;
    }
}
