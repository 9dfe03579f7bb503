package io.quarkiverse.imsession.runtime.observability;

import java.util.function.Function;

import io.micrometer.core.instrument.Metrics;
import io.quarkiverse.imsession.runtime.SessionMetrics;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.annotations.Recorder;

/** Makes the metrics of applications that have Micrometer. */
@Recorder
public class MetricsRecorder {

    /** In the registry that Quarkus adds all others to, be it before or later. */
    public Function<SyntheticCreationalContext<SessionMetrics>, SessionMetrics> micrometer() {
        return context -> new MicrometerMetrics(Metrics.globalRegistry);
    }
}
