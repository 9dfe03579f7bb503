package io.quarkiverse.imsession.deployment;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import jakarta.enterprise.inject.spi.DefinitionException;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.PrimitiveType;
import org.jboss.jandex.Type;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.arc.processor.BeanInfo;
import io.quarkus.arc.processor.BuiltinScope;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;

/** Refuses values of the session in beans that outlive the request, and in the dependent beans of these. */
@BuildSteps(onlyIf = Enabled.class)
final class SessionValueScopesProcessor {

    @BuildStep
    void check(ValidationPhaseBuildItem phase, BuildProducer<ValidationErrorBuildItem> errors) {
        Set<String> problems = new TreeSet<>();
        for (BeanInfo bean : phase.getContext().beans()) {
            if (!BuiltinScope.DEPENDENT.is(bean.getScope()) && !BuiltinScope.REQUEST.is(bean.getScope())) {
                check(bean, bean, new HashSet<>(), problems);
            }
        }
        problems.forEach(problem -> errors.produce(new ValidationErrorBuildItem(new DefinitionException(problem))));
    }

    private static void check(BeanInfo owner, BeanInfo part, Set<BeanInfo> seen, Set<String> problems) {
        if (!seen.add(part)) {
            return;
        }
        for (InjectionPointInfo point : part.getAllInjectionPoints()) {
            AnnotationInstance value = point.getRequiredQualifier(SessionValuesProcessor.SESSION_VALUE);
            BeanInfo injected = point.isProgrammaticLookup() ? null : point.getResolvedBean();
            if (value != null && !point.isProgrammaticLookup()) {
                problems.add("Injection point " + point.getTargetInfo() + " has a value of the session, but it belongs to "
                        + (part == owner ? "" : "a dependent bean of ") + "the @"
                        + owner.getScope().getDotName().withoutPackagePrefix() + " bean " + owner.getBeanClass()
                        + ", which outlives the request: all requests would see the value of one. Inject Instance<"
                        + boxed(point.getRequiredType()) + "> and call get() in each request, or make the bean @RequestScoped");
            } else if (injected != null && BuiltinScope.DEPENDENT.is(injected.getScope())) {
                check(owner, injected, seen, problems);
            }
        }
        Stream.concat(part.getBoundInterceptors().stream(), part.getBoundDecorators().stream())
                .forEach(around -> check(owner, around, seen, problems));
    }

    /** The type as it can be an argument of another type. */
    private static Type boxed(Type type) {
        return type.kind() == Type.Kind.PRIMITIVE ? PrimitiveType.box(type.asPrimitiveType()) : type;
    }
}
