package io.quarkiverse.imsession.deployment;

import java.util.Optional;

import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;

import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.ImSessionRecorder;
import io.quarkiverse.imsession.runtime.SessionRuntime;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkiverse.imsession.runtime.http.BearerSessionIdResolver;
import io.quarkiverse.imsession.runtime.http.CookieSessionIdResolver;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.deployment.UnremovableBeanBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;

/**
 * The resolver: the application's, or the built-in ones that were chosen. The latter can be injected by their class in any
 * case.
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
        beans.produce(bean(CookieSessionIdResolver.class).createWith(recorder.cookieResolver()).done());
        beans.produce(bean(BearerSessionIdResolver.class).createWith(recorder.bearerResolver()).done());
        chosen.kinds().ifPresent(kinds -> beans.produce(bean(SessionIdResolver.class)
                .addInjectionPoint(ClassType.create(CookieSessionIdResolver.class))
                .addInjectionPoint(ClassType.create(BearerSessionIdResolver.class))
                .addInjectionPoint(ClassType.create(SessionRuntime.class))
                .createWith(recorder.resolver(kinds)).unremovable().done()));
    }

    private static SyntheticBeanBuildItem.ExtendedBeanConfigurator bean(Class<?> type) {
        return SyntheticBeanBuildItem.configure(type).scope(Singleton.class).addQualifier(Default.class).setRuntimeInit();
    }
}
