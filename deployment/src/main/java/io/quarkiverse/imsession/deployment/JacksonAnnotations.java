package io.quarkiverse.imsession.deployment;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.MethodParameterInfo;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Reads the Jackson annotations of a record. Generated code honours names; a type with other annotations is read and written by
 * Jackson itself.
 */
final class JacksonAnnotations {

    private static final String PACKAGE = "com.fasterxml.jackson.";
    private static final Set<String> HELPERS = Set.of("java.beans.ConstructorProperties", "kotlin.Metadata");
    private static final DotName PROPERTY = DotName.createSimple(JsonProperty.class);
    private static final DotName NAMING = DotName.createSimple(JsonNaming.class);

    private JacksonAnnotations() {
    }

    /** The name of a component in JSON. */
    static String name(ClassInfo record, RecordComponentInfo component) {
        return explicitName(component).orElseGet(() -> strategy(record)
                .map(strategy -> strategy.translate(component.name())).orElse(component.name()));
    }

    /** Whether generated code can write a record or an enum, as Jackson would write only its components or names. */
    static boolean isPlain(ClassInfo type, IndexView index) {
        return ofJackson(type).allMatch(JacksonAnnotations::isName)
                && (type.isEnum() ? ofJackson(type).findAny().isEmpty() : !hasGetters(type, type, index));
    }

    /**
     * The reason why Jackson could not read a class that it has written, as far as the class file shows; empty if it can.
     * Annotations may help Jackson, and so may Kotlin's module, which knows the primary constructor.
     */
    static Optional<String> obstacle(ClassInfo type, IndexView index) {
        List<MethodInfo> constructors = type.constructors().stream().filter(constructor -> !constructor.isSynthetic()).toList();
        boolean helped = type.annotationsMap().keySet().stream()
                .anyMatch(name -> name.toString().startsWith(PACKAGE) || HELPERS.contains(name.toString()));
        if (helped || constructors.stream().anyMatch(constructor -> constructor.parametersCount() == 0)) {
            return Optional.empty();
        }
        if (constructors.size() > 1) {
            return Optional.of("has several constructors, and none of them is annotated @JsonCreator");
        }
        return constructors.get(0).parameters().stream().map(MethodParameterInfo::name)
                .filter(name -> name != null && !isWritten(name, type, index)).findFirst()
                .map(name -> "has no getter for '" + name + "', a parameter of its constructor, which Jackson would not write");
    }

    /** Whether Jackson writes a property with this name. A superclass that is not indexed may have it. */
    private static boolean isWritten(String name, ClassInfo type, IndexView index) {
        for (ClassInfo at = type; at != null; at = index.getClassByName(at.superName())) {
            FieldInfo field = at.field(name);
            if (field != null && Modifier.isPublic(field.flags())
                    || at.methods().stream().anyMatch(method -> isGetter(method)
                            && method.name().replaceFirst("^(get|is)", "").equalsIgnoreCase(name))) {
                return true;
            }
            if (at.superName().equals(DotName.OBJECT_NAME)) {
                return false;
            }
        }
        return true;
    }

    /** The annotations of a view of the session that sessions cannot honour. */
    static List<String> problems(ClassInfo record) {
        List<String> problems = new ArrayList<>();
        ofJackson(record).filter(annotation -> !isName(annotation)).forEach(annotation -> problems.add("Record "
                + record.name() + " is used as a view of the session and has @" + annotation.name().withoutPackagePrefix()
                + (annotation.target().kind() == AnnotationTarget.Kind.CLASS ? "" : " on " + target(annotation.target()))
                + ", but each component is a field of its own: only names are honoured there, as of @JsonProperty(\"…\")."
                + " Remove it, or use a record of its own for the session"));
        return problems;
    }

    private static Stream<AnnotationInstance> ofJackson(ClassInfo type) {
        return type.annotationsMap().values().stream().flatMap(List::stream)
                .filter(annotation -> annotation.name().toString().startsWith(PACKAGE));
    }

    private static boolean isName(AnnotationInstance annotation) {
        if (annotation.name().equals(PROPERTY)) {
            return annotation.values().stream().allMatch(value -> value.name().equals("value"));
        }
        return annotation.name().equals(NAMING) && strategy(annotation).isPresent();
    }

    private static Optional<String> explicitName(RecordComponentInfo component) {
        return Stream.of(component.field().declaredAnnotation(PROPERTY), component.accessor().declaredAnnotation(PROPERTY))
                .filter(annotation -> annotation != null && annotation.value() != null)
                .map(annotation -> annotation.value().asString()).filter(name -> !name.isEmpty()).findFirst();
    }

    private static Optional<PropertyNamingStrategies.NamingBase> strategy(ClassInfo record) {
        return Optional.ofNullable(record.declaredAnnotation(NAMING)).flatMap(JacksonAnnotations::strategy);
    }

    private static Optional<PropertyNamingStrategies.NamingBase> strategy(AnnotationInstance naming) {
        for (Class<?> known : PropertyNamingStrategies.class.getDeclaredClasses()) {
            if (naming.value() != null && known.getName().equals(naming.value().asClass().name().toString())
                    && !Modifier.isAbstract(known.getModifiers())) {
                try {
                    return Optional.of((PropertyNamingStrategies.NamingBase) known.getConstructor().newInstance());
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether a record has getters, whose values Jackson writes even if there is no component with the name. */
    private static boolean hasGetters(ClassInfo record, ClassInfo type, IndexView index) {
        for (MethodInfo method : type.methods()) {
            if (isGetter(method) && (type != record || record.recordComponent(method.name()) == null)) {
                return true;
            }
        }
        return type.interfaceNames().stream().map(index::getClassByName)
                .anyMatch(known -> known != null && hasGetters(record, known, index));
    }

    private static boolean isGetter(MethodInfo method) {
        String name = method.name();
        return Modifier.isPublic(method.flags()) && !Modifier.isStatic(method.flags()) && method.parametersCount() == 0
                && (name.length() > 3 && name.startsWith("get") && method.returnType().kind() != Type.Kind.VOID
                        || name.length() > 2 && name.startsWith("is")
                                && method.returnType().name().toString().toLowerCase().endsWith("boolean"));
    }

    private static String target(AnnotationTarget target) {
        return switch (target.kind()) {
            case FIELD -> target.asField().name();
            case METHOD -> target.asMethod().name();
            case METHOD_PARAMETER -> String.valueOf(target.asMethodParameter().name());
            default -> target.toString();
        };
    }
}
