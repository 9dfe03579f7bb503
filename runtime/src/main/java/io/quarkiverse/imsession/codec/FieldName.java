package io.quarkiverse.imsession.codec;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Checks the names of session fields. Names that begin with {@code @} are reserved for the attributes that the extension keeps
 * beside the data.
 */
public final class FieldName {

    /** The length of the longest name, in characters. */
    public static final int MAX_LENGTH = 128;
    /** The beginning of the names of flash values, which count against the limits of a session as fields do. */
    public static final String FLASH = "@flash:";
    /**
     * The beginning of the names of attributes that only the requests of the session need, such as tokens. Lists of sessions do
     * not have them.
     */
    public static final String PRIVATE = "@private:";

    private FieldName() {
    }

    public static boolean isReserved(String name) {
        return !name.isEmpty() && name.charAt(0) == '@';
    }

    /** Whether this is the name of an attribute that holds a flash value. */
    public static boolean isFlash(String name) {
        return name.startsWith(FLASH);
    }

    /** Whether this is the name of an attribute that only the requests of the session need. */
    public static boolean isPrivate(String name) {
        return name.startsWith(PRIVATE);
    }

    /**
     * The reason why no field can have a name, as the end of a sentence: "begins with @, which is reserved". Null if a field
     * can have it.
     */
    public static @Nullable String obstacle(String name) {
        if (isReserved(name)) {
            return "begins with @, which is reserved";
        }
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return "has " + name.length() + " characters: 1 to " + MAX_LENGTH + " are allowed";
        }
        return JsonText.isValidUnicode(name) ? null : "is no valid Unicode: it has half of a surrogate pair";
    }

    /** @throws IllegalArgumentException if no field can have this name */
    public static void check(String name) {
        String obstacle = obstacle(Objects.requireNonNull(name, "The name of a session field is null"));
        if (obstacle != null) {
            throw new IllegalArgumentException("The name " + (name.length() > MAX_LENGTH ? "" : "'" + name + "' ")
                    + "of a session field " + obstacle + ". Choose another name");
        }
    }
}
