package io.quarkiverse.imsession.deployment;

import io.quarkus.builder.item.MultiBuildItem;

/**
 * The exact path of an endpoint of Quarkus at which users log in or out. It has sessions, although it is none of the
 * application, and only pages of the application may use it.
 */
final class LogInPathBuildItem extends MultiBuildItem {

    private final String path;

    LogInPathBuildItem(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }
}
