package io.quarkiverse.imsession.codec;

import java.util.Base64;

import org.jspecify.annotations.Nullable;

/** Checks, encodes and decodes texts in base64url (RFC 4648 §5) without padding, the form of ids and secrets. */
public final class Base64Url {

    private static final boolean[] ALLOWED = new boolean[128];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".chars().forEach(c -> ALLOWED[c] = true);
    }

    private Base64Url() {
    }

    /** Whether a part of a text, from {@code begin} to before {@code end}, has only {@code A-Z a-z 0-9 - _}. */
    public static boolean matches(String text, int begin, int end) {
        for (int i = begin; i < end; i++) {
            char c = text.charAt(i);
            if (c >= ALLOWED.length || !ALLOWED[c]) {
                return false;
            }
        }
        return true;
    }

    public static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The bytes of a text; null if it is not exactly what {@link #encode} makes of them. Any text may be passed. */
    public static byte @Nullable [] decode(String text) {
        if (!matches(text, 0, text.length())) {
            return null;
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            // The last character may have bits that belong to no byte.
            return encode(bytes).equals(text) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
