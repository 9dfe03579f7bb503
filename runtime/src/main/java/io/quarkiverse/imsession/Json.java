package io.quarkiverse.imsession;

import java.io.IOException;
import java.lang.reflect.Type;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.codec.JsonText;

/**
 * The values of fields as JSON text, with errors that name the field. In a native executable a type that is not registered for
 * reflection may fail with an {@code Error} whose class depends on the version of GraalVM, so every {@code Error} except those
 * of the virtual machine counts as a failure of the type. No cause is chained, as the messages of Jackson and of constructors
 * may repeat the value.
 */
final class Json {

    private Json() {
    }

    static String write(String field, Object value) {
        try {
            return JsonText.write(value);
        } catch (IOException | RuntimeException | Error e) {
            throw SessionEncodingException.of(value, field, e);
        }
    }

    @SuppressWarnings("unchecked")
    static <T> @Nullable T read(String field, String json, Class<T> type) {
        return (T) readAs(field, json, type);
    }

    static @Nullable Object readAs(String field, String json, Type type) {
        try {
            return JsonText.read(json, type);
        } catch (IOException | RuntimeException | Error e) {
            throw SessionDecodingException.as(type, field, e);
        }
    }

    static void rethrowIfOfTheVirtualMachine(Throwable e) {
        if (e instanceof VirtualMachineError error) {
            throw error;
        }
    }

    /** Whether a text is a boolean, or has only characters of a number. */
    static boolean isNumberOrBoolean(String json) {
        if (json.isEmpty()) {
            return false;
        }
        if (json.equals("true") || json.equals("false")) {
            return true;
        }
        for (int i = 0; i < json.length(); i++) {
            if ("0123456789-+.eE".indexOf(json.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }
}
