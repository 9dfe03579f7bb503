package io.quarkiverse.imsession.runtime.observability;

import java.util.function.Function;

import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.annotations.Recorder;

/** Makes the metrics, for applications with Micrometer. All applications load this class, so it uses no type of Micrometer. */
@Recorder
public class MetricsRecorder {

    public Function<SyntheticCreationalContext<SessionMetrics>, SessionMetrics> micrometer() {
        return context -> MicrometerMetrics.ofApplication();
    }
}
