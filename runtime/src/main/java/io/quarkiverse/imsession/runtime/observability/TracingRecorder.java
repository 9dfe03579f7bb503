package io.quarkiverse.imsession.runtime.observability;

import io.quarkiverse.imsession.runtime.session.SessionMarker;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;

/**
 * Makes what marks spans, for applications that have OpenTelemetry. It is loaded in all others too, and so names no type of it.
 */
@Recorder
public class TracingRecorder {

    public RuntimeValue<SessionMarker> spans() {
        return new RuntimeValue<>(new SpanMarker());
    }
}
