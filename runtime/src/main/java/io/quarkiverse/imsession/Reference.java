package io.quarkiverse.imsession;

import java.util.Objects;
import java.util.UUID;

import io.quarkiverse.imsession.codec.JsonText;

/**
 * An indexed field and its value, by which sessions are found: "all sessions whose {@code user_id} is 7". The setting {@code
 * quarkus.imsession.references} names the indexed fields.
 *
 * @param field the name of the field
 * @param value the value as text: a string as it is, a number or boolean as JSON writes it, an enum by its name
 */
public record Reference(String field, String value) {

    /** The longest value, in characters. */
    public static final int MAX_VALUE_LENGTH = 256;

    /** The character that replaces bytes that could not be decoded. Different values become equal by it, so it is refused. */
    private static final char REPLACEMENT = '\ufffd';

    /**
     * @throws IllegalArgumentException if the value is empty, longer than {@value #MAX_VALUE_LENGTH} characters, or no valid
     *         Unicode: it has half of a surrogate pair, or the replacement character U+FFFD
     */
    public Reference {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(value, "value");
        if (value.isEmpty() || value.length() > MAX_VALUE_LENGTH) {
            throw new IllegalArgumentException("Session field '" + field + "' is a reference, and its value has "
                    + value.length()
                    + " characters: 1 to " + MAX_VALUE_LENGTH + " are allowed. Use a short key, such as a number or a UUID");
        }
        if (value.indexOf(REPLACEMENT) >= 0 || !JsonText.isValidUnicode(value)) {
            throw new IllegalArgumentException("Session field '" + field
                    + "' is a reference, and its value is no valid Unicode: it has half of a surrogate pair, or the character"
                    + " U+FFFD, which stands for bytes that are no text. Decode the value with the charset that it was written in");
        }
    }

    /**
     * The reference to a value, which is of a type that {@link SessionData#with} takes.
     *
     * @param value a string, number, boolean, UUID or enum
     * @throws IllegalArgumentException if the value is of another type, empty, too long or no valid Unicode; the message does
     *         not repeat it
     */
    public static Reference of(String field, Object value) {
        Objects.requireNonNull(value, "value");
        if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean || value instanceof UUID
                || value instanceof Enum<?>) {
            return SessionData.of(field, value instanceof CharSequence text ? text.toString() : value).reference(field)
                    .orElseThrow();
        }
        throw notScalar(field);
    }

    static IllegalArgumentException notScalar(String field) {
        return new IllegalArgumentException(
                "Session field '" + field + "' is a reference, and its value is neither a string, a number,"
                        + " a boolean, a UUID nor an enum. Keep such a value in it, or remove quarkus.imsession.references.\""
                        + field + "\"");
    }
}
