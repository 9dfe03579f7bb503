package io.quarkiverse.imsession.deployment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.AnnotationTransformation;
import org.jboss.jandex.AnnotationValue;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.ClassType;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.PrimitiveType;
import org.jboss.jandex.Type;
import org.jboss.jandex.gizmo2.Jandex2Gizmo;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionValue;
import io.quarkiverse.imsession.codec.FieldName;
import io.quarkiverse.imsession.codec.ValueCodec;
import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.runtime.cdi.SessionValues;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.AnnotationsTransformerBuildItem;
import io.quarkus.arc.deployment.BeanDiscoveryFinishedBuildItem;
import io.quarkus.arc.deployment.CustomScopeAnnotationsBuildItem;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.arc.processor.DotNames;
import io.quarkus.arc.processor.InjectionPointInfo;
import io.quarkus.deployment.GeneratedClassGizmo2Adaptor;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.gizmo2.Const;
import io.quarkus.gizmo2.Expr;
import io.quarkus.gizmo2.Var;
import io.quarkus.gizmo2.creator.BlockCreator;
import io.quarkus.gizmo2.desc.MethodDesc;

/** Makes a bean for each field and type that is injected with {@code @SessionValue}. */
@BuildSteps(onlyIf = Enabled.class)
final class SessionValuesProcessor {

    static final DotName SESSION_VALUE = DotName.createSimple(SessionValue.class);
    /** The annotations that make all parameters of a method, or one of them, an injection point. */
    private static final List<DotName> INJECTED = Stream.of(Inject.class, Produces.class, Disposes.class, Observes.class,
            ObservesAsync.class).map(DotName::createSimple).toList();
    private static final DotName RESOURCE = DotName.createSimple("jakarta.ws.rs.Path");

    /**
     * An injected value.
     *
     * @param field the name of the field; empty for the session as a record
     */
    private record Value(String field, Type type) {
    }

    @BuildStep
    AdditionalBeanBuildItem qualifier() {
        return AdditionalBeanBuildItem.builder().addBeanClass(SessionValue.class).build();
    }

    /** Makes resources {@code @RequestScoped}. By default they are singletons, which cannot have values of a request. */
    @BuildStep
    AnnotationsTransformerBuildItem requestScopeOfResources(CustomScopeAnnotationsBuildItem scopes) {
        return new AnnotationsTransformerBuildItem(AnnotationTransformation.forClasses()
                .when(context -> context.hasAnnotation(RESOURCE) && !scopes.isScopeIn(context.annotations())
                        && injectsValue(context.declaration().asClass()))
                .transform(context -> context.add(RequestScoped.class)));
    }

    private static boolean injectsValue(ClassInfo type) {
        return type.annotations(SESSION_VALUE).stream().anyMatch(annotation -> switch (annotation.target().kind()) {
            case FIELD -> !isLookup(annotation.target().asField().type());
            case METHOD_PARAMETER -> !isLookup(annotation.target().asMethodParameter().type());
            default -> false;
        });
    }

    private static boolean isLookup(Type type) {
        return type.name().equals(DotNames.INSTANCE) || type.name().equals(DotNames.INJECTABLE_INSTANCE)
                || type.name().equals(DotNames.PROVIDER);
    }

    @BuildStep
    void produce(BeanDiscoveryFinishedBuildItem discovered, CombinedIndexBuildItem index,
            BuildProducer<SyntheticBeanBuildItem> beans, BuildProducer<SessionRecordBuildItem> records,
            BuildProducer<ReflectiveClassBuildItem> reflection) {
        ShapeReader shapes = new ShapeReader(index.getIndex(), index.getComputingIndex());
        Map<Value, SyntheticBeanBuildItem> values = new LinkedHashMap<>();
        Map<Value, ValueShape> known = new HashMap<>();
        for (InjectionPointInfo point : discovered.getInjectionPoints()) {
            AnnotationInstance qualifier = point.getRequiredQualifier(SESSION_VALUE);
            if (qualifier != null) {
                Type type = point.getRequiredType();
                Value value = new Value(qualifier.value() == null ? "" : qualifier.value().asString(), boxed(type));
                String place = "Injection point " + point.getTargetInfo();
                if (isLookup(value.type)) {
                    shapes.problem(place + " has the raw type " + value.type.name() + ". Name its type argument");
                } else if (!value.field.isEmpty()) {
                    checkName(value.field, place, shapes);
                    ValueShape shape = shapes.shape(type, place, List.of());
                    if (!known.computeIfAbsent(value, key -> shape).equals(shape)) {
                        shapes.problem(place + " has type " + type + ", but another has its "
                                + (type.kind() == Type.Kind.PRIMITIVE ? "wrapper" : "primitive type")
                                + " for the same session field '" + value.field
                                + "', and CDI takes them for one. Use the same");
                    }
                    values.computeIfAbsent(value, key -> field(key, shape, point));
                } else if (isRecord(value.type, index.getComputingIndex())) {
                    records.produce(new SessionRecordBuildItem(value.type.name(), true));
                    values.computeIfAbsent(value, key -> view(key, point));
                } else {
                    shapes.problem(place + " has a @SessionValue without a name, which is for records, and type " + value.type
                            + ". Name the session field: @SessionValue(\"…\")");
                }
            }
        }
        strayParameters(index.getIndex()).forEach(shapes::problem);
        SessionRecordsProcessor.failOn(shapes.problems());
        shapes.records().forEach(record -> records.produce(new SessionRecordBuildItem(record.type(), false)));
        SessionRecordsProcessor.registerForJackson(shapes, reflection);
        values.values().forEach(beans::produce);
    }

    /** The parameters that no container would inject, for example those of resource methods. */
    private static Stream<String> strayParameters(IndexView index) {
        return index.getAnnotations(SESSION_VALUE).stream().map(AnnotationInstance::target)
                .filter(target -> target.kind() == AnnotationTarget.Kind.METHOD_PARAMETER)
                .map(target -> target.asMethodParameter().method())
                .filter(method -> !method.isConstructor() && INJECTED.stream().noneMatch(method::hasAnnotation)).distinct()
                .map(method -> "Method " + method.declaringClass().name() + "#" + method.name()
                        + "() has a parameter with @SessionValue, but nobody injects into it. Make it a field of the class, or a"
                        + " parameter of its constructor");
    }

    /** The wrapper of a primitive type, as the type of a bean cannot be primitive. */
    private static Type boxed(Type type) {
        return type.kind() == Type.Kind.PRIMITIVE ? PrimitiveType.box(type.asPrimitiveType()) : type;
    }

    private static boolean isRecord(Type type, IndexView index) {
        ClassInfo known = type.kind() == Type.Kind.CLASS ? index.getClassByName(type.name()) : null;
        return known != null && known.isRecord();
    }

    private static void checkName(String field, String place, ShapeReader shapes) {
        String obstacle = FieldName.obstacle(field);
        if (obstacle != null) {
            shapes.problem(place + " names a session field '" + field + "': the name " + obstacle);
        }
    }

    private static SyntheticBeanBuildItem field(Value value, ValueShape shape, InjectionPointInfo point) {
        return bean(value, point, (code, context) -> {
            Expr codec = CodecGenerator.local(code, Const.ofNull(ValueCodec[].class), shape);
            return code.invokeStatic(MethodDesc.of(SessionValues.class, "field", Object.class,
                    SyntheticCreationalContext.class, String.class, ValueCodec.class), context, Const.of(value.field), codec);
        });
    }

    private static SyntheticBeanBuildItem view(Value value, InjectionPointInfo point) {
        return bean(value, point, (code, context) -> code.invokeStatic(
                MethodDesc.of(SessionValues.class, "view", Record.class, SyntheticCreationalContext.class, Class.class),
                context, Const.of(Jandex2Gizmo.classDescOf(value.type.name()))));
    }

    private interface Read {
        Expr generate(BlockCreator code, Var context);
    }

    /** The bean of a value. It is in the package of an injection point, as its type may be visible only there. */
    private static SyntheticBeanBuildItem bean(Value value, InjectionPointInfo point, Read read) {
        List<AnnotationValue> name = new ArrayList<>();
        if (!value.field.isEmpty()) {
            name.add(AnnotationValue.createStringValue("value", value.field));
        }
        DotName owner = owner(point);
        SyntheticBeanBuildItem.ExtendedBeanConfigurator bean = SyntheticBeanBuildItem.configure(value.type.name());
        if (GeneratedClassGizmo2Adaptor.isApplicationClass(owner.toString())) {
            bean.forceApplicationClass();
        }
        return bean.types(value.type).providerType(value.type).scope(Dependent.class)
                .addQualifier(AnnotationInstance.create(SESSION_VALUE, null, name))
                .identifier(value.toString())
                .targetPackageName(DotNames.packageName(owner))
                .addInjectionPoint(ClassType.create(ImSession.class))
                .creator(creation -> {
                    BlockCreator code = creation.createMethod();
                    code.return_(read.generate(code, creation.syntheticCreationalContext()));
                })
                .done();
    }

    private static DotName owner(InjectionPointInfo point) {
        return switch (point.getAnnotationTarget().kind()) {
            case FIELD -> point.getAnnotationTarget().asField().declaringClass().name();
            case METHOD_PARAMETER -> point.getAnnotationTarget().asMethodParameter().method().declaringClass().name();
            default -> throw new IllegalStateException(point.toString());
        };
    }
}
