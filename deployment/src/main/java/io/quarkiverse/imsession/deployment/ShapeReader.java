package io.quarkiverse.imsession.deployment;

import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.FieldInfo;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;
import org.jboss.jandex.ParameterizedType;
import org.jboss.jandex.RecordComponentInfo;
import org.jboss.jandex.Type;
import org.jboss.jandex.TypeVariable;

import io.quarkiverse.imsession.codec.FieldName;
import io.quarkiverse.imsession.deployment.RecordShape.Component;
import io.quarkiverse.imsession.deployment.ValueShape.EnumOf;
import io.quarkiverse.imsession.deployment.ValueShape.ListOf;
import io.quarkiverse.imsession.deployment.ValueShape.MapOf;
import io.quarkiverse.imsession.deployment.ValueShape.OptionalOf;
import io.quarkiverse.imsession.deployment.ValueShape.RecordOf;
import io.quarkiverse.imsession.deployment.ValueShape.Scalar;
import io.quarkiverse.imsession.deployment.ValueShape.SetOf;
import io.quarkiverse.imsession.deployment.ValueShape.Variable;

/**
 * Determines how types are read and written, and refuses types that are mutable or not known to be immutable. Collects the
 * records that need a codec, the types that Jackson handles, and the problems.
 */
final class ShapeReader {

    private static final Scalar NOTHING = new Scalar(Type.create(DotName.OBJECT_NAME, Type.Kind.CLASS));

    private final IndexView application;
    private final IndexView index;
    private final Map<DotName, RecordShape> records = new LinkedHashMap<>();
    private final Deque<ClassInfo> waiting = new ArrayDeque<>();
    private final Set<DotName> seen = new LinkedHashSet<>();
    private final Set<DotName> seenByJackson = new HashSet<>();
    private final Set<DotName> jacksons = new LinkedHashSet<>();
    private final Set<String> problems = new LinkedHashSet<>();
    /** Classes that are assumed to be immutable while their fields are checked, as they may contain themselves. */
    private final Set<DotName> assumed;

    /**
     * @param application finds classes of the application
     * @param index finds other classes too
     */
    ShapeReader(IndexView application, IndexView index) {
        this(application, index, new HashSet<>());
    }

    private ShapeReader(IndexView application, IndexView index, Set<DotName> assumed) {
        this.application = application;
        this.index = index;
        this.assumed = assumed;
    }

    /** The records whose codecs are to be generated: the views of the session, and the records that they contain. */
    List<RecordShape> records() {
        finish();
        return List.copyOf(records.values());
    }

    /** Types that Jackson reads and writes by reflection. */
    Set<DotName> jacksons() {
        finish();
        return jacksons;
    }

    /** The errors, each with the place and the correction. */
    Set<String> problems() {
        finish();
        return problems;
    }

    void problem(String text) {
        problems.add(text);
    }

    /** A record as a view of the session. */
    void view(DotName name) {
        ClassInfo type = index.getClassByName(name);
        if (type == null || !type.isRecord()) {
            problem(name + " is used as a view of the session, but is no record. Make it a record");
        } else if (!type.typeParameters().isEmpty()) {
            problem(name + " is used as a view of the session, but is generic: the types of its components are not known."
                    + " Use a record without type parameters, or make it a component of one");
        } else {
            JacksonAnnotations.problems(type).forEach(this::problem);
            visit(type);
        }
    }

    /** A record that is part of a value whose type was read before. It can be generic. */
    void part(DotName name) {
        visit(index.getClassByName(name));
    }

    /**
     * A type of values.
     *
     * @param place the declaration that has the type, for messages
     * @param variables the type variables that are declared there
     */
    ValueShape shape(Type type, String place, List<TypeVariable> variables) {
        return switch (type.kind()) {
            case PRIMITIVE -> new Scalar(type);
            case CLASS -> ofClass(type.name(), place);
            case PARAMETERIZED_TYPE -> ofParameterized(type.asParameterizedType(), place, variables);
            case TYPE_VARIABLE -> ofVariable(type.asTypeVariable(), place, variables);
            case ARRAY -> nothing(place + " has an array in its type, which is mutable. Use java.util.List, for bytes String");
            default -> nothing(place + " has a wildcard in its type " + type + ". Name the type");
        };
    }

    private ValueShape ofVariable(TypeVariable variable, String place, List<TypeVariable> variables) {
        for (int i = 0; i < variables.size(); i++) {
            if (variables.get(i).identifier().equals(variable.identifier())) {
                return new Variable(i);
            }
        }
        return nothing(place + " has the type variable " + variable.identifier() + ". Name the type");
    }

    private ValueShape ofParameterized(ParameterizedType type, String place, List<TypeVariable> variables) {
        DotName name = type.name();
        List<Type> arguments = type.arguments();
        if (name.equals(ImmutableTypes.LIST) || name.equals(ImmutableTypes.COLLECTION)) {
            return new ListOf(shape(arguments.get(0), place, variables));
        }
        if (name.equals(ImmutableTypes.SET)) {
            return new SetOf(shape(arguments.get(0), place, variables));
        }
        if (name.equals(ImmutableTypes.OPTIONAL)) {
            return new OptionalOf(shape(arguments.get(0), place, variables));
        }
        if (name.equals(ImmutableTypes.MAP)) {
            return ofMap(arguments, place, variables);
        }
        ClassInfo generic = index.getClassByName(name);
        if (generic != null && generic.isRecord() && JacksonAnnotations.isPlain(generic, index)) {
            visit(generic);
            return new RecordOf(name, arguments.stream().map(argument -> shape(argument, place, variables)).toList());
        }
        return nothing(place + " has type " + name + ", which is " + (generic != null && generic.isRecord()
                ? "a generic record that only Jackson can write. Leave out the type parameter, or the annotations and getters"
                : "mutable or not known. Use " + ImmutableTypes.mend(name) + " instead"));
    }

    private ValueShape ofMap(List<Type> arguments, String place, List<TypeVariable> variables) {
        DotName key = arguments.get(0).name();
        ClassInfo type = index.getClassByName(key);
        if (!ImmutableTypes.KEYS.contains(key.toString())
                && !(type != null && type.isEnum() && JacksonAnnotations.isPlain(type, index))) {
            return nothing(place + " is a map with keys of type " + key
                    + ". Use String, Integer, Long, UUID or an enum without annotations of Jackson instead");
        }
        return new MapOf(key, shape(arguments.get(1), place, variables));
    }

    private ValueShape ofClass(DotName name, String place) {
        Scalar scalar = new Scalar(Type.create(name, Type.Kind.CLASS));
        if (ImmutableTypes.isScalar(name)) {
            return scalar;
        }
        ClassInfo type = index.getClassByName(name);
        if (ImmutableTypes.GENERIC.contains(name) || type != null && type.isRecord() && !type.typeParameters().isEmpty()) {
            return nothing(place + " has the raw type " + name + ". Name its type arguments");
        }
        if (type != null && type.isEnum()) {
            return JacksonAnnotations.isPlain(type, index) ? new EnumOf(name) : byJackson(type, scalar);
        }
        if (type != null && type.isRecord()) {
            if (JacksonAnnotations.isPlain(type, index)) {
                visit(type);
                return new RecordOf(name, List.of());
            }
            if (seenByJackson.add(name)) {
                // Jackson reads and writes it, but its components must be immutable too.
                type.recordComponentsInDeclarationOrder()
                        .forEach(component -> shape(component.type(), place(component), type.typeParameters()));
                registerAll(type);
            }
            return byJackson(type, scalar);
        }
        if (type != null && isImmutableClass(type)) {
            // For a class of a library there may be a Jackson module.
            if (application.getClassByName(name) != null) {
                JacksonAnnotations.obstacle(type, index).ifPresent(obstacle -> problem(place + " has type " + name
                        + ", which Jackson could not read: it " + obstacle
                        + ". Use a record instead, or annotate it for Jackson"));
            }
            return byJackson(type, scalar);
        }
        return nothing(place + " has type " + name + ", which is mutable or not known to be immutable. Use "
                + ImmutableTypes.mend(name) + " instead");
    }

    private ValueShape byJackson(ClassInfo type, Scalar scalar) {
        jacksons.add(type.name());
        return scalar;
    }

    /** Registers a record that Jackson writes, and the types of its components, which Jackson then writes too. */
    private void registerAll(ClassInfo record) {
        for (RecordComponentInfo component : record.recordComponents()) {
            register(component.type());
        }
    }

    private void register(Type type) {
        if (type.kind() == Type.Kind.PARAMETERIZED_TYPE) {
            type.asParameterizedType().arguments().forEach(this::register);
        }
        ClassInfo known = type.kind() == Type.Kind.CLASS ? index.getClassByName(type.name()) : null;
        if (known != null && !ImmutableTypes.isScalar(known.name()) && jacksons.add(known.name()) && known.isRecord()) {
            registerAll(known);
        }
    }

    /** Whether all fields of a class are final and immutable, which excludes setters. */
    private boolean isImmutableClass(ClassInfo type) {
        if (type.isInterface() || Modifier.isAbstract(type.flags()) || !type.typeParameters().isEmpty()
                || type.name().toString().startsWith("java.")) {
            return false;
        }
        if (!assumed.add(type.name())) {
            return true;
        }
        ShapeReader fields = new ShapeReader(application, index, assumed);
        for (ClassInfo at = type; at != null && !at.name().equals(DotName.OBJECT_NAME); at = index
                .getClassByName(at.superName())) {
            for (FieldInfo field : at.fields()) {
                if (!Modifier.isStatic(field.flags())) {
                    if (!Modifier.isFinal(field.flags())) {
                        fields.problem(field.name());
                    }
                    fields.shape(field.type(), "", List.of());
                }
            }
        }
        boolean immutable = fields.problems().isEmpty();
        assumed.remove(type.name());
        if (immutable) {
            jacksons.addAll(fields.jacksons());
            fields.records.keySet().forEach(jacksons::add);
        }
        return immutable;
    }

    private ValueShape nothing(String problem) {
        problem(problem);
        return NOTHING;
    }

    private void visit(ClassInfo record) {
        if (seen.add(record.name())) {
            waiting.add(record);
        }
    }

    private void finish() {
        while (!waiting.isEmpty()) {
            ClassInfo record = waiting.remove();
            records.put(record.name(), read(record));
        }
    }

    private RecordShape read(ClassInfo record) {
        MethodInfo constructor = record.canonicalRecordConstructor();
        if (constructor != null && Modifier.isPrivate(constructor.flags())) {
            problem("Record " + record.name() + " is private, so the code that reads it cannot make one."
                    + " Leave out private");
        }
        List<Component> components = new ArrayList<>();
        Set<String> names = new LinkedHashSet<>();
        for (RecordComponentInfo component : record.recordComponentsInDeclarationOrder()) {
            String name = JacksonAnnotations.name(record, component);
            checkName(name, component);
            if (!names.add(name)) {
                problem(place(component) + " has the name '" + name + "' of another component in JSON. Give it another one");
            }
            components.add(new Component(name, component.type(), component.accessor(),
                    shape(component.type(), place(component), record.typeParameters())));
        }
        return new RecordShape(record.name(), components);
    }

    private void checkName(String name, RecordComponentInfo component) {
        String obstacle = FieldName.obstacle(name);
        if (obstacle != null) {
            problem(place(component) + " has the name '" + name + "' in JSON: it " + obstacle
                    + ". Give it another one in @JsonProperty");
        }
    }

    private static String place(RecordComponentInfo component) {
        return "Component '" + component.name() + "' of record " + component.declaringClass().name();
    }
}
