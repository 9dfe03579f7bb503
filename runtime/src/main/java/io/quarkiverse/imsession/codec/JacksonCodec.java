package io.quarkiverse.imsession.codec;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;

/** The codec of a type that Jackson itself reads and writes. The build registers the type for reflection if necessary. */
final class JacksonCodec<T> extends ValueCodec<T> {

    private final @Nullable T missing;
    private final ObjectReader reader;
    private final ObjectWriter writer;

    JacksonCodec(Class<T> type, @Nullable T missing) {
        this.missing = missing;
        // More tokens may follow, as this value may be part of another one.
        this.reader = JsonText.MAPPER.readerFor(type).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.writer = JsonText.MAPPER.writerFor(type);
    }

    @Override
    public @Nullable T missing() {
        return missing;
    }

    @Override
    T read(JsonParser parser) throws IOException {
        return reader.readValue(parser);
    }

    @Override
    void write(T value, JsonGenerator out) throws IOException {
        writer.writeValue(out, value);
    }
}
