package io.quarkiverse.imsession.codec;

import java.util.Objects;

/**
 * Checks the names of session fields. Names that begin with {@code @} are reserved for the attributes that the extension keeps
 * beside the data.
 */
public final class FieldName {

    /** The beginning of the names of flash values, which count against the limits of a session as fields do. */
    public static final String FLASH = "@flash:";

    private FieldName() {
    }

    public static boolean isReserved(String name) {
        return !name.isEmpty() && name.charAt(0) == '@';
    }

    /** Whether this is the name of an attribute that holds a flash value. */
    public static boolean isFlash(String name) {
        return name.startsWith(FLASH);
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
