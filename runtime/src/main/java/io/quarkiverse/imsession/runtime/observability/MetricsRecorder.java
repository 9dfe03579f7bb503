package io.quarkiverse.imsession.runtime.observability;

import java.util.function.Function;

import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.annotations.Recorder;

/** Makes the metrics of applications that have Micrometer. It is loaded in all others too, and so names no type of it. */
@Recorder
public class MetricsRecorder {

    public Function<SyntheticCreationalContext<SessionMetrics>, SessionMetrics> micrometer() {
        return context -> MicrometerMetrics.ofApplication();
    }
}
