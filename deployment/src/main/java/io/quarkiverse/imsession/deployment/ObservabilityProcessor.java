package io.quarkiverse.imsession.deployment;

import java.util.Optional;

import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkiverse.imsession.runtime.observability.MetricsRecorder;
import io.quarkiverse.imsession.runtime.observability.TracingRecorder;
import io.quarkiverse.imsession.runtime.session.SessionMetrics;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.metrics.MetricsCapabilityBuildItem;
import io.quarkus.runtime.metrics.MetricsFactory;

/** Metrics and traces, if the application has them. */
@BuildSteps(onlyIf = Enabled.class)
final class ObservabilityProcessor {

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void metrics(Optional<MetricsCapabilityBuildItem> metrics, ImSessionBuildConfig config, MetricsRecorder recorder,
            BuildProducer<SyntheticBeanBuildItem> beans) {
        if (config.metrics().enabled()
                && metrics.filter(found -> found.metricsSupported(MetricsFactory.MICROMETER)).isPresent()) {
            beans.produce(SyntheticBeanBuildItem.configure(SessionMetrics.class).scope(Singleton.class)
                    .addQualifier(Default.class).setRuntimeInit().unremovable().createWith(recorder.micrometer()).done());
        }
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void traces(Capabilities capabilities, TracingRecorder recorder, BuildProducer<SpanMarkerBuildItem> markers) {
        if (capabilities.isPresent(Capability.OPENTELEMETRY_TRACER)) {
            markers.produce(new SpanMarkerBuildItem(recorder.spans()));
        }
    }
}
