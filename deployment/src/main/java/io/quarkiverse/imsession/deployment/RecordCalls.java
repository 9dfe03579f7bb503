package io.quarkiverse.imsession.deployment;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jboss.jandex.DotName;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.Analyzer;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.BasicInterpreter;
import org.objectweb.asm.tree.analysis.BasicValue;
import org.objectweb.asm.tree.analysis.Frame;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.deployment.StaticTypes.ClassConstant;

/**
 * Finds the records that code passes to sessions, by the classes that are written in calls, and by the declared types of
 * arguments.
 */
final class RecordCalls {

    private static final Logger LOG = Logger.getLogger(RecordCalls.class);

    private static final Set<String> OWNERS = Set.of(Type.getInternalName(ImSession.class),
            Type.getInternalName(SessionData.class));
    private static final Type CLASS = Type.getType(Class.class);
    /** The methods that take a class or a record, and which of the two. */
    private static final Map<String, Type> ARGUMENTS = Map.of("as", CLASS, "update", CLASS, "merge", StaticTypes.RECORD,
            "with", StaticTypes.RECORD, "of", StaticTypes.RECORD);

    private RecordCalls() {
    }

    /** @param classFile the bytes of the class to search */
    static Set<DotName> in(byte[] classFile) {
        ClassNode code = new ClassNode();
        new ClassReader(classFile).accept(code, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        Set<DotName> records = new LinkedHashSet<>();
        for (MethodNode method : code.methods) {
            if (calls(method)) {
                find(code.name, method, records);
            }
        }
        return records;
    }

    private static boolean calls(MethodNode method) {
        for (AbstractInsnNode instruction : method.instructions) {
            if (instruction instanceof MethodInsnNode call && isOfSession(call)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfSession(MethodInsnNode call) {
        Type wanted = OWNERS.contains(call.owner) ? ARGUMENTS.get(call.name) : null;
        Type[] parameters = Type.getArgumentTypes(call.desc);
        return wanted != null && parameters.length > 0 && parameters[0].equals(wanted);
    }

    private static void find(String owner, MethodNode method, Set<DotName> records) {
        Frame<BasicValue>[] frames;
        try {
            frames = new Analyzer<>(new StaticTypes()).analyze(owner, method);
        } catch (AnalyzerException e) {
            LOG.warnf(e, "The code of %s.%s cannot be followed: annotate the records that it uses as views of the session"
                    + " with @SessionRecord", owner.replace('/', '.'), method.name);
            return;
        }
        for (int i = 0; i < frames.length; i++) {
            if (method.instructions.get(i) instanceof MethodInsnNode call && isOfSession(call) && frames[i] != null) {
                Frame<BasicValue> frame = frames[i];
                Type type = record(frame.getStack(frame.getStackSize() - Type.getArgumentTypes(call.desc).length));
                if (type != null) {
                    records.add(DotName.createSimple(type.getClassName()));
                }
            }
        }
    }

    /** The record of an argument; null if the code does not show it. */
    private static @Nullable Type record(BasicValue argument) {
        if (argument instanceof ClassConstant constant) {
            return constant.written;
        }
        Type type = argument.getType();
        return type == null || type.equals(StaticTypes.RECORD) || type.equals(CLASS) || type.equals(Type.getType(Object.class))
                || type.equals(BasicInterpreter.NULL_TYPE) ? null
                        : type;
    }
}
