package io.quarkiverse.imsession.deployment;

import io.quarkus.builder.item.MultiBuildItem;

/**
 * The path of a page of the extension, with the root path of the application. It has sessions and is protected against requests
 * of other sites in any case, with all that is below it.
 */
final class PageBuildItem extends MultiBuildItem {

    private final String path;

    PageBuildItem(String path) {
        this.path = path;
    }

    String path() {
        return path;
    }
}
