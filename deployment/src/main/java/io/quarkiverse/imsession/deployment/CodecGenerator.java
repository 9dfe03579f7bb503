package io.quarkiverse.imsession.deployment;

import java.lang.constant.ClassDesc;
import java.util.List;

import org.jboss.jandex.PrimitiveType;
import org.jboss.jandex.Type;
import org.jboss.jandex.gizmo2.Jandex2Gizmo;

import io.quarkiverse.imsession.codec.RecordCodec;
import io.quarkiverse.imsession.codec.ValueCodec;
import io.quarkiverse.imsession.codec.ValueCodecs;
import io.quarkiverse.imsession.deployment.RecordShape.Component;
import io.quarkus.gizmo2.ClassOutput;
import io.quarkus.gizmo2.Const;
import io.quarkus.gizmo2.Expr;
import io.quarkus.gizmo2.Gizmo;
import io.quarkus.gizmo2.ParamVar;
import io.quarkus.gizmo2.Var;
import io.quarkus.gizmo2.creator.BlockCreator;
import io.quarkus.gizmo2.creator.ClassCreator;
import io.quarkus.gizmo2.desc.ConstructorDesc;
import io.quarkus.gizmo2.desc.MethodDesc;

/** Generates the codecs of records. */
final class CodecGenerator {

    private CodecGenerator() {
    }

    static String className(RecordShape record) {
        return record.type() + RecordCodec.SUFFIX;
    }

    /** The name of the record whose codec has this name. */
    static String recordName(String className) {
        return className.substring(0, className.length() - RecordCodec.SUFFIX.length());
    }

    static void generate(RecordShape record, ClassOutput output) {
        Gizmo.create(output).class_(className(record), codec -> {
            codec.extends_(RecordCodec.class);
            codec.final_();
            constructor(record, codec);
            make(record, codec);
            values(record, codec);
        });
    }

    private static void constructor(RecordShape record, ClassCreator codec) {
        codec.constructor(constructor -> {
            constructor.public_();
            ParamVar arguments = constructor.parameter("arguments", ValueCodec[].class);
            constructor.body(code -> {
                Expr names = code.localVar("names", code.newArray(String.class,
                        record.components().stream().map(component -> Const.of(component.name())).toList()));
                Expr components = code.localVar("components", array(code, arguments,
                        record.components().stream().map(Component::shape).toList()));
                code.invokeSpecial(ConstructorDesc.of(RecordCodec.class, String[].class, ValueCodec[].class),
                        constructor.this_(), names, components);
                code.return_();
            });
        });
    }

    private static void make(RecordShape record, ClassCreator codec) {
        codec.method("make", method -> {
            method.public_();
            method.returning(Record.class);
            ParamVar values = method.parameter("values", Object[].class);
            method.body(code -> {
                List<Component> components = record.components();
                Expr[] arguments = new Expr[components.size()];
                for (int i = 0; i < arguments.length; i++) {
                    Type type = components.get(i).type();
                    Expr value = code.localVar("value" + i, values.elem(i));
                    arguments[i] = code.localVar("argument" + i, type.kind() == Type.Kind.PRIMITIVE
                            ? code.unbox(code.cast(value,
                                    Jandex2Gizmo.classDescOf(PrimitiveType.box(type.asPrimitiveType()))))
                            : code.cast(value, desc(type)));
                }
                code.return_(code.new_(ConstructorDesc.of(Jandex2Gizmo.classDescOf(record.type()),
                        components.stream().map(component -> desc(component.type())).toList()), arguments));
            });
        });
    }

    private static void values(RecordShape record, ClassCreator codec) {
        codec.method("values", method -> {
            method.public_();
            method.returning(Object[].class);
            ParamVar parameter = method.parameter("record", Record.class);
            method.body(code -> {
                Var typed = code.localVar("typed", code.cast(parameter, Jandex2Gizmo.classDescOf(record.type())));
                code.return_(code.newArray(Object.class, record.components(), component -> {
                    Expr value = code.invokeVirtual(Jandex2Gizmo.methodDescOf(component.accessor()), typed);
                    return component.type().kind() == Type.Kind.PRIMITIVE ? code.box(value) : value;
                }));
            });
        });
    }

    private static ClassDesc desc(Type type) {
        return Jandex2Gizmo.classDescOf(type);
    }

    /**
     * The codec of a shape.
     *
     * @param arguments an array of the codecs of the type variables
     */
    static Expr codec(BlockCreator code, Expr arguments, ValueShape shape) {
        if (shape instanceof ValueShape.Scalar scalar) {
            return call(code, "scalar", Class.class, Const.of(desc(scalar.type())));
        }
        if (shape instanceof ValueShape.EnumOf enumeration) {
            return call(code, "enumeration", Class.class, Const.of(Jandex2Gizmo.classDescOf(enumeration.type())));
        }
        if (shape instanceof ValueShape.ListOf list) {
            return call(code, "list", ValueCodec.class, local(code, arguments, list.element()));
        }
        if (shape instanceof ValueShape.SetOf set) {
            return call(code, "set", ValueCodec.class, local(code, arguments, set.element()));
        }
        if (shape instanceof ValueShape.OptionalOf optional) {
            return call(code, "optional", ValueCodec.class, local(code, arguments, optional.element()));
        }
        if (shape instanceof ValueShape.MapOf map) {
            Expr element = local(code, arguments, map.element());
            return code.invokeStatic(
                    MethodDesc.of(ValueCodecs.class, "map", ValueCodec.class, Class.class, ValueCodec.class),
                    Const.of(Jandex2Gizmo.classDescOf(map.key())), element);
        }
        if (shape instanceof ValueShape.RecordOf record) {
            Expr nested = code.localVar("arguments", array(code, arguments, record.arguments()));
            return code.invokeStatic(
                    MethodDesc.of(ValueCodecs.class, "record", ValueCodec.class, Class.class, ValueCodec[].class),
                    Const.of(Jandex2Gizmo.classDescOf(record.type())), nested);
        }
        return arguments.elem(((ValueShape.Variable) shape).position());
    }

    private static Expr call(BlockCreator code, String factory, Class<?> parameter, Expr argument) {
        return code.invokeStatic(MethodDesc.of(ValueCodecs.class, factory, ValueCodec.class, parameter), argument);
    }

    private static Expr array(BlockCreator code, Expr arguments, List<ValueShape> shapes) {
        return code.newArray(ValueCodec.class, shapes.stream().map(shape -> local(code, arguments, shape)).toList());
    }

    static Expr local(BlockCreator code, Expr arguments, ValueShape shape) {
        return code.localVar("codec", codec(code, arguments, shape));
    }
}
