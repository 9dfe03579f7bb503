package io.quarkiverse.imsession.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import jakarta.enterprise.inject.spi.DefinitionException;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionRecord;
import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkus.deployment.GeneratedClassGizmo2Adaptor;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.GeneratedClassBuildItem;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.gizmo2.ClassOutput;

/** Typed sessions: finds the records that are views of the session, and generates their codecs. */
@BuildSteps(onlyIf = Enabled.class)
final class SessionRecordsProcessor {

    private static final DotName SESSION_RECORD = DotName.createSimple(SessionRecord.class);

    @BuildStep
    void find(CombinedIndexBuildItem index, BuildProducer<SessionRecordBuildItem> records) {
        find(index.getIndex()).forEach(type -> records.produce(new SessionRecordBuildItem(type, true)));
    }

    /** The records that are annotated, or found in calls. */
    static Set<DotName> find(IndexView index) {
        Set<DotName> found = new LinkedHashSet<>();
        for (AnnotationInstance annotation : index.getAnnotations(SESSION_RECORD)) {
            found.add(annotation.target().asClass().name());
        }
        for (Class<?> taker : List.of(ImSession.class, SessionData.class)) {
            for (ClassInfo user : index.getKnownUsers(DotName.createSimple(taker))) {
                byte[] code = classFile(user.name());
                if (code != null) {
                    found.addAll(RecordCalls.in(code));
                }
            }
        }
        return found;
    }

    @BuildStep
    void generate(List<SessionRecordBuildItem> records, CombinedIndexBuildItem index,
            BuildProducer<GeneratedClassBuildItem> classes, BuildProducer<GeneratedResourceBuildItem> resources,
            BuildProducer<ReflectiveClassBuildItem> reflection) {
        ShapeReader shapes = new ShapeReader(index.getIndex(), index.getComputingIndex());
        for (SessionRecordBuildItem record : records) {
            if (record.isView()) {
                shapes.view(record.type());
            } else {
                shapes.part(record.type());
            }
        }
        failOn(shapes.problems());
        ClassOutput output = new GeneratedClassGizmo2Adaptor(classes, resources, CodecGenerator::recordName);
        for (RecordShape record : shapes.records()) {
            CodecGenerator.generate(record, output);
            // The codec is found by its name, so it is registered for reflection.
            reflection.produce(ReflectiveClassBuildItem.builder(CodecGenerator.className(record)).build());
        }
        registerForJackson(shapes, reflection);
    }

    static void registerForJackson(ShapeReader shapes, BuildProducer<ReflectiveClassBuildItem> reflection) {
        shapes.jacksons().forEach(type -> reflection
                .produce(ReflectiveClassBuildItem.builder(type.toString()).methods().fields().build()));
    }

    static void failOn(Set<String> problems) {
        if (!problems.isEmpty()) {
            throw new DefinitionException(String.join("\n", new TreeSet<>(problems)));
        }
    }

    /** The bytes of a class; null if the file is missing, as of a class that the build removes: nobody can call it. */
    private static byte @Nullable [] classFile(DotName name) {
        String file = name.toString().replace('.', '/') + ".class";
        try (InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(file)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
