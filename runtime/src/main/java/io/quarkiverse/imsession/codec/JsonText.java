package io.quarkiverse.imsession.codec;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

/**
 * Writes values as JSON text, and reads them. It does not use the mapper of the application, as the stored JSON must not change
 * when the application changes the JSON of its HTTP interface. Jackson modules that are declared as services are used.
 */
public final class JsonText {

    /** The deepest nesting of a value. Each level takes several calls, and the stack of a thread is limited. */
    private static final int DEEPEST = 256;

    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build())
            // Jackson registers only the first of several modules of the same kind.
            .addModule(new JavaTimeModule().disable(JavaTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID))
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            // Times read back equal: with their region, and with their offset.
            .enable(SerializationFeature.WRITE_DATES_WITH_ZONE_ID)
            .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
            // Equal maps must have equal texts, or an unchanged value would count as a change.
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            // In a rolling deployment, an older version of the application must read records with components that it does not
            // know.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private JsonText() {
    }

    /** @throws IOException if Jackson cannot write it; the message may repeat the value */
    public static String write(Object value) throws IOException {
        if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            return value.toString();
        }
        return value instanceof String text ? quote(text) : escapeLoneSurrogates(MAPPER.writeValueAsString(value));
    }

    /** @throws IOException if the text has no value of that type; the message may repeat the value */
    public static @Nullable Object read(String json, Type type) throws IOException {
        if (type == String.class && isPlainString(json)) {
            return unquote(json);
        }
        if ((type == Integer.class || type == int.class) && isSmallInteger(json)) {
            return Integer.valueOf(json);
        }
        if ((type == Long.class || type == long.class) && isSmallInteger(json)) {
            return Long.valueOf(json);
        }
        return MAPPER.readValue(json, MAPPER.constructType(type));
    }

    /** Writes texts, numbers, booleans and collections of them by their names, which never fails. */
    public static String writeObject(Map<String, ?> values) {
        try {
            return write(values);
        } catch (IOException e) {
            throw new UncheckedIOException("Texts, numbers and booleans are always written", e);
        }
    }

    /** The values of a JSON object by their names; null if the text is no JSON object. */
    public static @Nullable Map<?, ?> readObject(String json) {
        try {
            return MAPPER.readValue(json, Map.class);
        } catch (IOException e) {
            return null;
        }
    }

    static String quote(String text) {
        char[] quoted = JsonStringEncoder.getInstance().quoteAsString(text);
        return escapeLoneSurrogates(new StringBuilder(quoted.length + 2).append('"').append(quoted).append('"').toString());
    }

    static String unquote(String plain) {
        return plain.substring(1, plain.length() - 1);
    }

    /** Escapes halves of surrogate pairs. UTF-8 cannot encode them, so the store would hold question marks instead. */
    static String escapeLoneSurrogates(String json) {
        int lone = nextLoneSurrogate(json, 0);
        if (lone < 0) {
            return json;
        }
        StringBuilder escaped = new StringBuilder(json.length() + 16);
        int done = 0;
        for (; lone >= 0; lone = nextLoneSurrogate(json, done)) {
            // The character is in the range d800 to dfff, so it has four digits.
            escaped.append(json, done, lone).append("\\u").append(Integer.toHexString(json.charAt(lone)));
            done = lone + 1;
        }
        return escaped.append(json, done, json.length()).toString();
    }

    /**
     * Whether a text is valid Unicode, without half of a surrogate pair. UTF-8 cannot encode such a half: the store would hold
     * a question mark instead, and different texts could become equal.
     */
    public static boolean isValidUnicode(String text) {
        return nextLoneSurrogate(text, 0) < 0;
    }

    /** The index of the next half of a surrogate pair, or -1. */
    private static int nextLoneSurrogate(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c) || i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }

    static boolean isPlainString(String json) {
        return json.length() >= 2 && json.charAt(0) == '"' && json.indexOf('\\') < 0
                && json.indexOf('"', 1) == json.length() - 1;
    }

    static boolean isSmallInteger(String json) {
        int length = json.length();
        if (length == 0 || length > 9 || json.charAt(0) == '0' && length > 1) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (json.charAt(i) < '0' || json.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
