package io.quarkiverse.imsession.deployment;

import org.jboss.jandex.DotName;

import io.quarkus.builder.item.MultiBuildItem;

/** A record that needs a codec, although it is not found in a call. */
final class SessionRecordBuildItem extends MultiBuildItem {

    private final DotName type;

    SessionRecordBuildItem(DotName type) {
        this.type = type;
    }

    DotName type() {
        return type;
    }
}
