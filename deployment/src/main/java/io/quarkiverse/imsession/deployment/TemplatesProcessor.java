package io.quarkiverse.imsession.deployment;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

import jakarta.inject.Singleton;

import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.Type;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.deployment.ImSessionProcessor.Enabled;
import io.quarkiverse.imsession.deployment.RecordShape.Component;
import io.quarkiverse.imsession.runtime.templates.CsrfSection;
import io.quarkiverse.imsession.runtime.templates.TemplateFields;
import io.quarkiverse.imsession.runtime.templates.TemplateSessions;
import io.quarkiverse.imsession.runtime.templates.TemplatesRecorder;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.GeneratedBeanBuildItem;
import io.quarkus.arc.deployment.GeneratedBeanGizmo2Adaptor;
import io.quarkus.arc.deployment.SyntheticBeanBuildItem;
import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.recording.RecorderContext;

/** Sessions in templates, if the application has Qute. */
@BuildSteps(onlyIf = { Enabled.class, TemplatesProcessor.HasQute.class })
final class TemplatesProcessor {

    @BuildStep
    AdditionalBeanBuildItem beans() {
        return AdditionalBeanBuildItem.builder().setUnremovable().addBeanClasses(TemplateSessions.class, CsrfSection.class)
                .build();
    }

    @BuildStep
    @Record(ExecutionTime.STATIC_INIT)
    void fields(CombinedIndexBuildItem index, TemplatesRecorder recorder,
            RecorderContext context, BuildProducer<GeneratedBeanBuildItem> classes,
            BuildProducer<SyntheticBeanBuildItem> beans) {
        ShapeReader shapes = new ShapeReader(index.getIndex(), index.getComputingIndex());
        Set<DotName> views = new TreeSet<>(SessionRecordsProcessor.find(index.getIndex()));
        views.addAll(injected(index.getIndex()));
        views.forEach(shapes::view);
        Map<String, List<Component>> fields = new TreeMap<>();
        Map<String, Class<?>> typed = new HashMap<>();
        for (RecordShape record : shapes.records()) {
            if (views.contains(record.type())) {
                record.components().forEach(component -> {
                    fields.computeIfAbsent(component.name(), name -> new ArrayList<>()).add(component);
                    typed.putIfAbsent(component.name(), context.classProxy(record.type().toString()));
                });
            }
        }
        typed.keySet().removeIf(field -> !TemplateFieldsGenerator.agree(fields.get(field)));
        if (!fields.isEmpty()) {
            TemplateFieldsGenerator.generate(fields, new GeneratedBeanGizmo2Adaptor(classes));
        }
        beans.produce(SyntheticBeanBuildItem.configure(TemplateFields.class).scope(Singleton.class)
                .runtimeValue(recorder.fields(typed)).done());
    }

    /**
     * The injected types. This reads the index, as the injection points of beans are not known yet: the class that is generated
     * here is one of their inputs.
     */
    private static Set<DotName> injected(IndexView index) {
        Set<DotName> records = new TreeSet<>();
        for (AnnotationInstance value : index.getAnnotations(SessionValuesProcessor.SESSION_VALUE)) {
            Type type = typeOf(value.target());
            ClassInfo known = value.value() == null && type != null ? index.getClassByName(type.name()) : null;
            if (known != null && known.isRecord()) {
                records.add(known.name());
            }
        }
        return records;
    }

    /** The type that is injected, directly or by an {@code Instance}; null if there is none. */
    private static @Nullable Type typeOf(AnnotationTarget target) {
        Type type = switch (target.kind()) {
            case FIELD -> target.asField().type();
            case METHOD_PARAMETER -> target.asMethodParameter().type();
            default -> null;
        };
        return type != null && type.kind() == Type.Kind.PARAMETERIZED_TYPE ? type.asParameterizedType().arguments().get(0)
                : type;
    }

    /** Whether the application has Qute, which has no capability. */
    static final class HasQute implements BooleanSupplier {

        @Override
        public boolean getAsBoolean() {
            return QuarkusClassLoader.isClassPresentAtRuntime("io.quarkus.qute.runtime.EngineProducer");
        }
    }
}
