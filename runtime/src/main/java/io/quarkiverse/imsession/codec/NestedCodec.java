package io.quarkiverse.imsession.codec;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;

/**
 * The codec of a record that is part of a value. The generated codec is looked up at its first use, as a record may contain
 * itself.
 */
final class NestedCodec<T extends Record> extends ValueCodec<T> {

    private final Class<T> type;
    private final ValueCodec<?>[] arguments;
    private volatile @Nullable RecordCodec<T> codec;

    NestedCodec(Class<T> type, ValueCodec<?>[] arguments) {
        this.type = type;
        this.arguments = arguments;
    }

    @Override
    T read(JsonParser parser) throws IOException {
        return codec().read(parser);
    }

    @Override
    void write(T value, JsonGenerator out) throws IOException {
        codec().write(value, out);
    }

    @SuppressWarnings("unchecked")
    private RecordCodec<T> codec() {
        RecordCodec<T> known = codec;
        if (known == null) {
            known = arguments.length == 0 ? RecordCodec.of(type) : (RecordCodec<T>) RecordCodec.load(type, arguments);
            codec = known;
        }
        return known;
    }
}
