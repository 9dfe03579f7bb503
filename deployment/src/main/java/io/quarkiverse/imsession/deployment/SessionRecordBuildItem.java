package io.quarkiverse.imsession.deployment;

import org.jboss.jandex.DotName;

import io.quarkus.builder.item.MultiBuildItem;

/** A record that is a view of the session, or part of an injected value: it needs a codec. */
final class SessionRecordBuildItem extends MultiBuildItem {

    private final DotName type;

    SessionRecordBuildItem(DotName type) {
        this.type = type;
    }

    DotName type() {
        return type;
    }
}
