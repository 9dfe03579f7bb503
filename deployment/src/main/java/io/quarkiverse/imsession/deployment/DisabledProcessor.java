package io.quarkiverse.imsession.deployment;

import java.util.List;
import java.util.stream.Stream;

import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.DotName;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.SessionValue;
import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.redis.RedisKeys;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.runtime.configuration.ConfigurationException;

/**
 * Explains that nothing of this extension can be injected if it is switched off. CDI itself would only report that there is no
 * bean.
 */
@BuildSteps(onlyIfNot = Enabled.class)
final class DisabledProcessor {

    private static final List<DotName> BEANS = Stream
            .of(ImSession.class, ImSessions.class, ReactiveImSessions.class, RedisKeys.class).map(DotName::createSimple)
            .toList();

    /** @param before makes this step run before CDI resolves the beans */
    @BuildStep
    void explain(BeanDiscoveryFinishedBuildItem beans, BuildProducer<SyntheticBeanBuildItem> before) {
        List<String> problems = beans.getInjectionPoints().stream().filter(point -> !point.isProgrammaticLookup())
                .filter(point -> isValue(point.getAnnotationTarget()) || isMissing(point, beans))
                .map(point -> "Injection point " + point.getTargetInfo()
                        + " has no value, as quarkus.imsession.enabled is false: build with true, or use Instance<"
                        + point.getRequiredType().name().withoutPackagePrefix() + "> and ask isResolvable().")
                .sorted().toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationException(String.join("\n", problems));
        }
    }

    private static boolean isMissing(InjectionPointInfo point, BeanDiscoveryFinishedBuildItem beans) {
        DotName type = point.getRequiredType().name();
        return BEANS.contains(type) && beans.beanStream().withBeanType(type).isEmpty();
    }

    private static boolean isValue(AnnotationTarget target) {
        return target != null && target.hasAnnotation(SessionValue.class);
    }
}
