package io.quarkiverse.imsession.codec;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

/** The codecs of the most frequent types, which do without Jackson's databind. */
final class ScalarCodecs {

    private ScalarCodecs() {
    }

    static final class Text extends ValueCodec<String> {

        @Override
        public @Nullable String parse(String json) throws IOException {
            return JsonText.isPlainString(json) ? JsonText.unquote(json) : super.parse(json);
        }

        @Override
        public String format(String value) {
            return JsonText.quote(value);
        }

        @Override
        String read(JsonParser parser) throws IOException {
            expect(JsonToken.VALUE_STRING, parser);
            return parser.getText();
        }

        @Override
        void write(String value, JsonGenerator out) throws IOException {
            out.writeString(value);
        }
    }

    /** The codec of a primitive type or its wrapper. The missing value of a primitive type is zero. */
    private abstract static class Primitive<T> extends ValueCodec<T> {

        private final @Nullable T missing;

        Primitive(@Nullable T missing) {
            this.missing = missing;
        }

        @Override
        public final @Nullable T missing() {
            return missing;
        }

        @Override
        public final String format(T value) {
            return value.toString();
        }
    }

    static final class Int extends Primitive<Integer> {

        Int(@Nullable Integer missing) {
            super(missing);
        }

        @Override
        public @Nullable Integer parse(String json) throws IOException {
            return JsonText.isSmallInteger(json) ? Integer.valueOf(json) : super.parse(json);
        }

        @Override
        Integer read(JsonParser parser) throws IOException {
            expect(JsonToken.VALUE_NUMBER_INT, parser);
            return parser.getIntValue();
        }

        @Override
        void write(Integer value, JsonGenerator out) throws IOException {
            out.writeNumber(value.intValue());
        }
    }

    static final class LongInt extends Primitive<Long> {

        LongInt(@Nullable Long missing) {
            super(missing);
        }

        @Override
        public @Nullable Long parse(String json) throws IOException {
            return JsonText.isSmallInteger(json) ? Long.valueOf(json) : super.parse(json);
        }

        @Override
        Long read(JsonParser parser) throws IOException {
            expect(JsonToken.VALUE_NUMBER_INT, parser);
            return parser.getLongValue();
        }

        @Override
        void write(Long value, JsonGenerator out) throws IOException {
            out.writeNumber(value.longValue());
        }
    }

    static final class Bool extends Primitive<Boolean> {

        Bool(@Nullable Boolean missing) {
            super(missing);
        }

        @Override
        Boolean read(JsonParser parser) throws IOException {
            return switch (parser.currentToken()) {
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                default -> throw mismatch(parser);
            };
        }

        @Override
        void write(Boolean value, JsonGenerator out) throws IOException {
            out.writeBoolean(value);
        }
    }

    static final class Enumeration<E extends Enum<E>> extends ValueCodec<E> {

        private final Class<E> type;

        Enumeration(Class<E> type) {
            this.type = type;
        }

        @Override
        E read(JsonParser parser) throws IOException {
            expect(JsonToken.VALUE_STRING, parser);
            return Enum.valueOf(type, parser.getText());
        }

        @Override
        void write(E value, JsonGenerator out) throws IOException {
            out.writeString(value.name());
        }
    }
}
