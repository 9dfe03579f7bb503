package io.quarkiverse.imsession.deployment;

import io.quarkiverse.imsession.runtime.session.SessionMarker;
import io.quarkus.builder.item.SimpleBuildItem;
import io.quarkus.runtime.RuntimeValue;

/** Marks the spans of traces with the id of the session, in an application that has traces. */
final class SpanMarkerBuildItem extends SimpleBuildItem {

    private final RuntimeValue<SessionMarker> marker;

    SpanMarkerBuildItem(RuntimeValue<SessionMarker> marker) {
        this.marker = marker;
    }

    RuntimeValue<SessionMarker> marker() {
        return marker;
    }
}
