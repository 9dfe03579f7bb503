package io.quarkiverse.imsession.deployment;

import org.jboss.jandex.DotName;

import io.quarkus.builder.item.MultiBuildItem;

/** A record that needs a codec: it is a view of the session, or part of an injected value. */
final class SessionRecordBuildItem extends MultiBuildItem {

    private final DotName type;
    private final boolean view;

    /** @param view whether the record is a view of the session, whose components are fields */
    SessionRecordBuildItem(DotName type, boolean view) {
        this.type = type;
        this.view = view;
    }

    DotName type() {
        return type;
    }

    boolean isView() {
        return view;
    }
}
