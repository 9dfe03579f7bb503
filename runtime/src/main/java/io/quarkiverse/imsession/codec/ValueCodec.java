package io.quarkiverse.imsession.codec;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.fasterxml.jackson.core.util.BufferRecycler;

/**
 * Reads and writes the values of one type as JSON. Immutable.
 *
 * @param <T> the type; of a primitive, its wrapper
 */
public abstract class ValueCodec<T> {

    ValueCodec() {
    }

    /**
     * The value of a text.
     *
     * @throws IOException if the text has no such value; the message may repeat the value
     */
    public @Nullable T parse(String json) throws IOException {
        try (JsonParser parser = JsonText.MAPPER.createParser(json)) {
            parser.nextToken();
            T value = readNullable(parser);
            if (parser.nextToken() != null) {
                throw mismatch(parser);
            }
            return value;
        }
    }

    /**
     * The text of a value.
     *
     * @throws IOException if it cannot be written; the message may repeat the value
     */
    public String format(T value) throws IOException {
        BufferRecycler recycler = JsonText.MAPPER.getFactory()._getBufferRecycler();
        try (SegmentedStringWriter text = new SegmentedStringWriter(recycler);
                JsonGenerator out = JsonText.MAPPER.createGenerator(text)) {
            write(value, out);
            out.flush();
            return JsonText.escapeLoneSurrogates(text.getAndClear());
        } finally {
            recycler.releaseToPool();
        }
    }

    /** The value of a field that is absent, or null in JSON. */
    public @Nullable T missing() {
        return null;
    }

    /** Whether this value is stored by leaving its field out. */
    public boolean isLeftOut(@Nullable T value) {
        return value == null;
    }

    /** Reads the value that the current token begins, up to its last token. */
    abstract T read(JsonParser parser) throws IOException;

    abstract void write(T value, JsonGenerator out) throws IOException;

    final @Nullable T readNullable(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL ? missing() : read(parser);
    }

    final void writeNullable(@Nullable T value, JsonGenerator out) throws IOException {
        if (isLeftOut(value)) {
            out.writeNull();
        } else {
            write(value, out);
        }
    }

    static void expect(JsonToken token, JsonParser parser) throws IOException {
        if (parser.currentToken() != token) {
            throw mismatch(parser);
        }
    }

    static IOException mismatch(JsonParser parser) {
        return new InputCoercionException(parser, "Not the expected type", parser.currentToken(), Object.class);
    }
}
