package io.quarkiverse.imsession.runtime.observability;

import io.quarkiverse.imsession.runtime.session.SessionMarker;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;

/**
 * Makes the marker of spans, for applications with OpenTelemetry. All applications load this class, so it uses no type of
 * OpenTelemetry.
 */
@Recorder
public class TracingRecorder {

    public RuntimeValue<SessionMarker> spans() {
        return new RuntimeValue<>(new SpanMarker());
    }
}
