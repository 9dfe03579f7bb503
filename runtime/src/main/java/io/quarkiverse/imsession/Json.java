package io.quarkiverse.imsession;

import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * Values as JSON text. The mapper is not the application's: what is stored must not change when the JSON of its HTTP
 * interface does. Jackson modules that are declared as services are used.
 */
final class Json {

    /** Deeper values would need more of the stack than a thread may have: a level takes several calls. */
    private static final int DEEPEST = 256;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .streamWriteConstraints(StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build())
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            // Equal maps must have equal texts, or an unchanged value would count as a change.
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            // A version that does not know a component yet must read what a newer one wrote: rolling deployments.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    private Json() {
    }

    static String write(String field, Object value) {
        if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
            return value.toString();
        }
        if (value instanceof String text) {
            return escapeLoneSurrogates(quote(text));
        }
        try {
            return escapeLoneSurrogates(MAPPER.writeValueAsString(value));
        } catch (InvalidDefinitionException e) {
            throw new SessionEncodingException(field, value.getClass(), e.getOriginalMessage());
        } catch (JsonProcessingException | RuntimeException e) {
            // Their messages may repeat the value.
            throw new SessionEncodingException(field, value.getClass(), e.getClass().getSimpleName());
        }
    }

    @SuppressWarnings("unchecked")
    static <T> @Nullable T read(String field, String json, Class<T> type) {
        if (type == String.class && isPlainString(json)) {
            return (T) json.substring(1, json.length() - 1);
        }
        if ((type == Integer.class || type == int.class) && isSmallInteger(json)) {
            return (T) Integer.valueOf(json);
        }
        if ((type == Long.class || type == long.class) && isSmallInteger(json)) {
            return (T) Long.valueOf(json);
        }
        return (T) readAs(field, json, type);
    }

    static @Nullable Object readAs(String field, String json, Type type) {
        try {
            return MAPPER.readValue(json, MAPPER.constructType(type));
        } catch (JsonProcessingException | RuntimeException e) {
            // Not chained: Jackson's messages repeat the value.
            throw new SessionDecodingException(field, type);
        }
    }

    /** Whether a text is a number, by its characters, or a boolean. */
    static boolean isNumberOrBoolean(String json) {
        if (json.isEmpty() || json.equals("true") || json.equals("false")) {
            return !json.isEmpty();
        }
        for (int i = 0; i < json.length(); i++) {
            if ("0123456789-+.eE".indexOf(json.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String quote(String text) {
        char[] quoted = JsonStringEncoder.getInstance().quoteAsString(text);
        return new StringBuilder(quoted.length + 2).append('"').append(quoted).append('"').toString();
    }

    /** UTF-8 has no form for half a surrogate pair: unescaped, the store would hold a question mark instead. */
    private static String escapeLoneSurrogates(String json) {
        StringBuilder escaped = null;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < json.length() && Character.isLowSurrogate(json.charAt(i + 1))) {
                if (escaped != null) {
                    escaped.append(c).append(json.charAt(i + 1));
                }
                i++;
            } else if (Character.isSurrogate(c)) {
                if (escaped == null) {
                    escaped = new StringBuilder(json.length() + 16).append(json, 0, i);
                }
                // Always d800 to dfff.
                escaped.append("\\u").append(Integer.toHexString(c));
            } else if (escaped != null) {
                escaped.append(c);
            }
        }
        return escaped == null ? json : escaped.toString();
    }

    private static boolean isPlainString(String json) {
        return json.length() >= 2 && json.charAt(0) == '"' && json.indexOf('\\') < 0
                && json.indexOf('"', 1) == json.length() - 1;
    }

    private static boolean isSmallInteger(String json) {
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
