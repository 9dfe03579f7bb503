package io.quarkiverse.imsession.deployment;

import java.lang.annotation.RetentionPolicy;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.Map;

import org.jboss.jandex.Type;
import org.jboss.jandex.gizmo2.Jandex2Gizmo;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.deployment.RecordShape.Component;
import io.quarkus.gizmo2.ClassOutput;
import io.quarkus.gizmo2.GenericType;
import io.quarkus.gizmo2.Gizmo;
import io.quarkus.gizmo2.creator.ClassCreator;

/**
 * Generates the class by which Qute checks expressions. It has a static method for each field whose type a record declares. The
 * methods are never called.
 */
final class TemplateFieldsGenerator {

    private static final String CLASS = ImSession.class.getPackageName() + ".templates.FieldsOfSessionRecords";
    private static final ClassDesc TEMPLATE_DATA = ClassDesc.of("io.quarkus.qute.TemplateData");

    /** The characters that a method name cannot have (JVM specification 4.2.2), and that templates hardly use. */
    private static final String FORBIDDEN = ".;[/<>";

    private TemplateFieldsGenerator() {
    }

    /** Whether all records give a field the same type. */
    static boolean agree(List<Component> components) {
        return components.stream().map(Component::type).distinct().count() == 1;
    }

    static void generate(Map<String, List<Component>> fields, ClassOutput output) {
        Gizmo.create(output).class_(CLASS, type -> {
            type.public_();
            type.addAnnotation(TEMPLATE_DATA, RetentionPolicy.RUNTIME, data -> data.add("namespace", "session"));
            fields.forEach((name, components) -> {
                if (name.chars().noneMatch(character -> FORBIDDEN.indexOf(character) >= 0)) {
                    method(type, name, agree(components) ? typeOf(components.get(0)) : GenericType.of(Object.class));
                }
            });
            // Log-ins set this field.
            if (!fields.containsKey(ImSession.PRINCIPAL)) {
                method(type, ImSession.PRINCIPAL, GenericType.of(String.class));
            }
        });
    }

    private static void method(ClassCreator type, String name, GenericType returned) {
        type.staticMethod(name, method -> {
            method.public_();
            method.returning(returned);
            method.body(code -> code.throw_(UnsupportedOperationException.class));
        });
    }

    private static GenericType typeOf(Component component) {
        Type type = component.type();
        return Jandex2Gizmo.genericTypeOf(component.shape() instanceof ValueShape.OptionalOf
                ? type.asParameterizedType().arguments().get(0)
                : type);
    }
}
