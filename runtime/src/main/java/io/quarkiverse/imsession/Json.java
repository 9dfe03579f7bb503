package io.quarkiverse.imsession;

import java.io.IOException;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;

import io.quarkiverse.imsession.codec.JsonText;

/** The values of fields as JSON text, with errors that name the field. */
final class Json {

    private Json() {
    }

    static String write(String field, Object value) {
        try {
            return JsonText.write(value);
        } catch (InvalidDefinitionException e) {
            throw new SessionEncodingException(field, value.getClass(), e.getOriginalMessage());
        } catch (IOException | RuntimeException e) {
            // Their messages may repeat the value.
            throw new SessionEncodingException(field, value.getClass(), e.getClass().getSimpleName());
        }
    }

    @SuppressWarnings("unchecked")
    static <T> @Nullable T read(String field, String json, Class<T> type) {
        return (T) readAs(field, json, type);
    }

    static @Nullable Object readAs(String field, String json, Type type) {
        try {
            return JsonText.read(json, type);
        } catch (IOException | RuntimeException e) {
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
}
