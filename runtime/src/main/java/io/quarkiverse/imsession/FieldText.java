package io.quarkiverse.imsession;

import java.util.Objects;

import io.quarkiverse.imsession.codec.FieldName;

/** Checks the names of fields, and measures the size of their texts. */
final class FieldText {

    private FieldText() {
    }

    static void checkName(String name) {
        Objects.requireNonNull(name, "The name of a session field is null");
        if (name.isEmpty() || name.length() > SessionData.MAX_NAME_LENGTH) {
            throw new IllegalArgumentException("The name of a session field has 1 to " + SessionData.MAX_NAME_LENGTH
                    + " characters, this one has " + name.length());
        }
        FieldName.check(name);
    }

    static long utf8Length(String text) {
        long length = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                // A surrogate pair is two characters and four bytes: two bytes each.
                length += c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
            }
        }
        return length;
    }
}
