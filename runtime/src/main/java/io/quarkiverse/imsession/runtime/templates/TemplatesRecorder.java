package io.quarkiverse.imsession.runtime.templates;

import java.util.Map;

import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;

/** Passes the types of fields, which the build knows, to templates. */
@Recorder
public class TemplatesRecorder {

    @SuppressWarnings({ "unchecked", "rawtypes" })
    public RuntimeValue<TemplateFields> fields(Map<String, Class<?>> records) {
        return new RuntimeValue<>(new TemplateFields((Map) Map.copyOf(records)));
    }
}
