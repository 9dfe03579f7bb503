package io.quarkiverse.imsession.codec;

/** Checks texts in base64url (RFC 4648 §5), the form of ids and secrets. */
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
}
