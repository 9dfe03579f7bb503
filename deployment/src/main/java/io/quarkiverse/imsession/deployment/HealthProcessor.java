package io.quarkiverse.imsession.deployment;

import java.util.Optional;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig.StoreKind;
import io.quarkiverse.imsession.runtime.observability.HealthRecorder;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;

/** Registers the readiness check, if the application has SmallRye Health. */
@BuildSteps(onlyIf = Enabled.class)
final class HealthProcessor {

    private static final DotName CHECK = DotName
            .createSimple("io.quarkiverse.imsession.runtime.observability.SessionStoreHealthCheck");
    private static final ClassType ASYNC_CHECK = ClassType.create("io.smallrye.health.api.AsyncHealthCheck");
    private static final AnnotationInstance READINESS = AnnotationInstance.builder(DotName
            .createSimple("org.eclipse.microprofile.health.Readiness")).build();
    private static final String OF_EXTENSIONS = "quarkus.smallrye-health.extensions.enabled";

    /**
     * Registers the check as a bean, and not by the build item for checks of extensions, as the store of the application is
     * known too late for that.
     */
    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void check(Capabilities capabilities, ChosenStoreBuildItem store, ImSessionBuildConfig config, HealthRecorder recorder,
            BuildProducer<SyntheticBeanBuildItem> beans) {
        Optional<String> name = store.is(StoreKind.REDIS) ? Optional.of("Redis")
                : store.is(StoreKind.POSTGRESQL) ? Optional.of("PostgreSQL") : Optional.empty();
        if (capabilities.isPresent(Capability.SMALLRYE_HEALTH) && name.isPresent() && config.health().enabled()
                && ConfigProvider.getConfig().getOptionalValue(OF_EXTENSIONS, Boolean.class).orElse(true)) {
            beans.produce(SyntheticBeanBuildItem.configure(CHECK).addType(ASYNC_CHECK).addQualifier(READINESS)
                    .scope(Singleton.class).setRuntimeInit().unremovable()
                    .addInjectionPoint(ClassType.create(GuardedStore.class))
                    .createWith(recorder.check("Sessions in " + name.get())).done());
        }
    }
}
