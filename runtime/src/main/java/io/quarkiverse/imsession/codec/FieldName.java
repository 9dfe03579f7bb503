package io.quarkiverse.imsession.codec;

import java.util.Objects;

/**
 * Checks the names of session fields. Names that begin with {@code @} are reserved for the attributes that the extension keeps
 * beside the data.
 */
public final class FieldName {

    private FieldName() {
    }

    public static boolean isReserved(String name) {
        return !name.isEmpty() && name.charAt(0) == '@';
    }

    /** @throws IllegalArgumentException if the name is reserved, or no valid Unicode */
    public static void check(String name) {
        if (isReserved(Objects.requireNonNull(name, "The name of a session field is null"))) {
            throw new IllegalArgumentException(
                    "Session field '" + name + "' begins with @, which is reserved. Choose another name");
        }
        if (!JsonText.isValidUnicode(name)) {
            throw new IllegalArgumentException("Session field '" + name
                    + "' has a name that is no valid Unicode: it has half of a surrogate pair. Choose another name");
        }
    }
}
