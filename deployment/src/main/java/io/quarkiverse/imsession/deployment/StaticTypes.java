package io.quarkiverse.imsession.deployment;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;

/** Follows values through a method by their declared types, and by the classes that are written in the method. */
final class StaticTypes extends BasicInterpreter {

    static final Type RECORD = Type.getType(Record.class);

    StaticTypes() {
        super(Opcodes.ASM9);
    }

    /** A class that is written in the code, as in {@code Visit.class}. */
    static final class ClassConstant extends BasicValue {

        final Type written;

        ClassConstant(Type written) {
            super(Type.getObjectType("java/lang/Class"));
            this.written = written;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof ClassConstant constant && constant.written.equals(written);
        }

        @Override
        public int hashCode() {
            return written.hashCode();
        }
    }

    @Override
    public BasicValue newValue(Type type) {
        boolean isClass = type != null && type.getSort() == Type.OBJECT;
        return isClass ? new BasicValue(type) : super.newValue(type);
    }

    @Override
    public BasicValue newOperation(AbstractInsnNode instruction) throws AnalyzerException {
        return instruction instanceof LdcInsnNode constant && constant.cst instanceof Type type
                && type.getSort() == Type.OBJECT ? new ClassConstant(type) : super.newOperation(instruction);
    }

    @Override
    public BasicValue merge(BasicValue one, BasicValue other) {
        if (one.equals(other) || one.isReference() && tellsNothing(other)) {
            return one;
        }
        if (other.isReference() && tellsNothing(one)) {
            return other;
        }
        return one.isReference() && other.isReference() ? BasicValue.REFERENCE_VALUE : BasicValue.UNINITIALIZED_VALUE;
    }

    /** Whether a value has no useful type: it is null, or the compiler casts it to the type of a parameter. */
    private static boolean tellsNothing(BasicValue value) {
        return RECORD.equals(value.getType()) || NULL_TYPE.equals(value.getType());
    }
}
