package io.quarkiverse.imsession.deployment;

import java.util.Optional;

import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.ImSessionRecorder;
import io.quarkiverse.imsession.runtime.SessionRuntime;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig.ResolverKind;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.smallrye.common.annotation.Identifier;

/**
 * Chooses the resolver: that of the application, or the configured built-in ones. The built-in resolvers can always be injected
 * by their name, as in {@code @Identifier("cookie") SessionIdResolver}.
 */
@BuildSteps(onlyIf = Enabled.class)
final class SessionIdResolverProcessor {

    private static final DotName RESOLVER = DotName.createSimple(SessionIdResolver.class);

    @BuildStep
    UnremovableBeanBuildItem keepApplicationResolver() {
        return UnremovableBeanBuildItem.beanTypes(RESOLVER);
    }

    @BuildStep
    ChosenResolversBuildItem choose(BeanDiscoveryFinishedBuildItem beans, ImSessionBuildConfig config) {
        boolean own = beans.beanStream().withBeanType(RESOLVER).firstResult().isPresent();
        return new ChosenResolversBuildItem(own ? Optional.empty() : Optional.of(config.resolvers()));
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    void resolvers(ChosenResolversBuildItem chosen, ImSessionRecorder recorder, BuildProducer<SyntheticBeanBuildItem> beans) {
        beans.produce(bean().addQualifier(named(ResolverKind.COOKIE)).createWith(recorder.cookieResolver()).done());
        beans.produce(bean().addQualifier(named(ResolverKind.BEARER)).createWith(recorder.bearerResolver()).done());
        chosen.kinds().ifPresent(kinds -> beans.produce(bean().addQualifier(Default.class)
                .addInjectionPoint(ClassType.create(RESOLVER), named(ResolverKind.COOKIE))
                .addInjectionPoint(ClassType.create(RESOLVER), named(ResolverKind.BEARER))
                .addInjectionPoint(ClassType.create(SessionRuntime.class))
                .createWith(recorder.resolver(kinds)).unremovable().done()));
    }

    private static SyntheticBeanBuildItem.ExtendedBeanConfigurator bean() {
        return SyntheticBeanBuildItem.configure(SessionIdResolver.class).scope(Singleton.class).setRuntimeInit();
    }

    private static AnnotationInstance named(ResolverKind kind) {
        return AnnotationInstance.builder(Identifier.class).value(kind.identifier()).build();
    }
}
