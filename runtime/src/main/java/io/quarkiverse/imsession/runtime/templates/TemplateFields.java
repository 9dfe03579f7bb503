package io.quarkiverse.imsession.runtime.templates;

import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.codec.RecordCodec;

/**
 * Reads the fields of sessions for templates.
 *
 * @param records the record that gives a field its type, by the name of the field; other fields are plain values
 */
public record TemplateFields(Map<String, Class<? extends Record>> records) {

    /** The value of a field; null if there is no such field. */
    @Nullable
    Object read(SessionData data, String name) {
        Class<? extends Record> record = records.get(name);
        return record == null ? data.get(name, Object.class).orElse(null) : component(data, name, record);
    }

    /** The value of a component of the record, whose constructor may replace a missing field by a default. */
    private static <T extends Record> @Nullable Object component(SessionData data, String name, Class<T> type) {
        RecordCodec<T> codec = RecordCodec.of(type);
        @Nullable
        Object[] values = codec.values(data.as(type));
        int position = 0;
        while (!codec.name(position).equals(name)) {
            position++;
        }
        return values[position] instanceof Optional<?> optional ? optional.orElse(null) : values[position];
    }
}
