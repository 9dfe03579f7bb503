package io.quarkiverse.imsession.codec;

/** Measures texts as they are stored. */
public final class Utf8 {

    private Utf8() {
    }

    /** The number of bytes of a text. */
    public static long length(String text) {
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
