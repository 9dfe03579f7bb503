package io.quarkiverse.imsession.deployment;

import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.runtime.config.ImSessionBuildConfig;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.security.spi.AdditionalSecuredMethodsBuildItem;
import io.quarkus.security.spi.SecurityTransformer;
import io.quarkus.security.spi.SecurityTransformerBuildItem;

/** Processes {@code @FreshlyAuthenticated}. The build fails if an annotation has no effect. */
final class FreshlyAuthenticatedProcessor {

    private static final DotName ANNOTATION = DotName.createSimple(FreshlyAuthenticated.class);
    /**
     * The package of the annotations for endpoints and their callbacks: WebSocket, WebSocketClient, OnOpen, OnTextMessage and
     * so on.
     */
    private static final String SOCKETS = "io.quarkus.websockets.next";
    private static final List<String> ANY_USER = List.of("**");

    /**
     * Makes a method that requires a recent log-in require authentication too, unless the application declares which users may
     * call it.
     */
    @BuildStep
    void authenticate(CombinedIndexBuildItem index, Optional<SecurityTransformerBuildItem> security,
            BuildProducer<AdditionalSecuredMethodsBuildItem> secured) {
        if (security.isEmpty()) {
            return;
        }
        SecurityTransformer transformer = SecurityTransformerBuildItem.createSecurityTransformer(index.getIndex(), security);
        Set<MethodInfo> methods = annotations(index.getIndex()).stream().flatMap(FreshlyAuthenticatedProcessor::methods)
                .filter(method -> !transformer.hasSecurityAnnotation(method)
                        && family(index.getIndex(), method.declaringClass()).noneMatch(transformer::hasSecurityAnnotation))
                .collect(Collectors.toSet());
        if (!methods.isEmpty()) {
            secured.produce(new AdditionalSecuredMethodsBuildItem(methods, Optional.of(ANY_USER)));
        }
    }

    @BuildStep
    void check(CombinedIndexBuildItem index, BeanDiscoveryFinishedBuildItem beans, ImSessionBuildConfig config,
            BuildProducer<ValidationErrorBuildItem> errors) {
        Collection<AnnotationInstance> annotations = annotations(index.getIndex());
        if (annotations.isEmpty()) {
            return;
        }
        boolean enabled = config.enabled() && config.security().enabled();
        Set<DotName> intercepted = beans.beanStream().classBeans().stream()
                .flatMap(bean -> lineage(index.getIndex(), bean.getTarget().get().asClass())).map(ClassInfo::name)
                .collect(Collectors.toCollection(HashSet::new));
        annotations.forEach(annotation -> check(annotation, enabled, intercepted::contains)
                .map(ConfigurationException::new).map(ValidationErrorBuildItem::new).ifPresent(errors::produce));
    }

    /** The error of an annotation, if it has one. */
    static Optional<String> check(AnnotationInstance annotation, boolean enabled, Predicate<DotName> intercepted) {
        AnnotationTarget target = annotation.target();
        String text = "@FreshlyAuthenticated(\"" + annotation.value().asString() + "\") on " + describe(target);
        if (!enabled) {
            return Optional.of(text + " guards nothing, as users cannot log in to sessions: build with"
                    + " quarkus.imsession.security.enabled=true, or remove the annotation.");
        }
        if (!isPositiveDuration(annotation.value().asString())) {
            return Optional.of(text + " has no duration: use the form 5M, PT5M or 300.");
        }
        if (!intercepted.test(classOf(target).name())) {
            return Optional.of(text + " guards nothing, as " + classOf(target).name() + " is no bean: put it on a class with a"
                    + " scope, as @ApplicationScoped, or on a resource or route class.");
        }
        if (isOfSocket(target)) {
            return Optional.of(text + " guards HTTP requests, and a callback of a WebSocket is none: remove it, and ask"
                    + " ImSession.isFresh(Duration) in the callback.");
        }
        if (target.kind() == AnnotationTarget.Kind.METHOD && !isInterceptable(target.asMethod())) {
            boolean isStatic = Modifier.isStatic(target.asMethod().flags());
            return Optional.of(text + " guards nothing, as " + (isStatic ? "static" : "private")
                    + " methods are not intercepted: make it " + (isStatic ? "a method of the bean" : "package-private")
                    + ", or put the annotation on the method that calls it.");
        }
        return Optional.empty();
    }

    private static boolean isOfSocket(AnnotationTarget target) {
        return target.declaredAnnotations().stream()
                .anyMatch(annotation -> SOCKETS.equals(annotation.name().packagePrefix()));
    }

    private static Collection<AnnotationInstance> annotations(IndexView index) {
        return index.getAnnotations(ANNOTATION).stream()
                .filter(annotation -> !classOf(annotation.target()).hasDeclaredAnnotation("jakarta.interceptor.Interceptor"))
                .toList();
    }

    private static Stream<MethodInfo> methods(AnnotationInstance annotation) {
        AnnotationTarget target = annotation.target();
        return target.kind() == AnnotationTarget.Kind.METHOD ? Stream.of(target.asMethod())
                : target.asClass().methods().stream().filter(method -> Modifier.isPublic(method.flags())
                        && isInterceptable(method) && !method.isConstructor() && !method.isSynthetic());
    }

    private static boolean isInterceptable(MethodInfo method) {
        return !Modifier.isPrivate(method.flags()) && !Modifier.isStatic(method.flags());
    }

    /** A class, its superclasses and its subclasses. */
    private static Stream<ClassInfo> family(IndexView index, ClassInfo type) {
        return Stream.concat(lineage(index, type), index.getAllKnownSubclasses(type.name()).stream());
    }

    private static Stream<ClassInfo> lineage(IndexView index, ClassInfo type) {
        List<ClassInfo> lineage = new ArrayList<>();
        for (ClassInfo next = type; next != null; next = next.superName() == null ? null
                : index.getClassByName(next.superName())) {
            lineage.add(next);
        }
        return lineage.stream();
    }

    private static ClassInfo classOf(AnnotationTarget target) {
        return target.kind() == AnnotationTarget.Kind.METHOD ? target.asMethod().declaringClass() : target.asClass();
    }

    private static String describe(AnnotationTarget target) {
        return target.kind() == AnnotationTarget.Kind.METHOD
                ? target.asMethod().declaringClass().name() + "." + target.asMethod().name() + "()"
                : target.asClass().name().toString();
    }

    private static boolean isPositiveDuration(String text) {
        try {
            Duration duration = DurationConverter.parseDuration(text);
            return !duration.isNegative() && !duration.isZero();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
