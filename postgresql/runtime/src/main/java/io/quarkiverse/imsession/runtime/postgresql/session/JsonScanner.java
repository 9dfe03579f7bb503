package io.quarkiverse.imsession.runtime.postgresql.session;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * Finds the end of a JSON value (RFC 8259), without recursion: text that a stranger sends must not exhaust the stack. Raw
 * control characters in strings are refused, as PostgreSQL refuses them.
 */
final class JsonScanner {

    /** The result for text that is no JSON value. */
    static final int NONE = -1;

    /** The deepest nesting: PostgreSQL reads JSON by recursion. */
    private static final int MOST_LEVELS = 1000;

    private final String text;
    /** Whether the value of each open bracket is an object. */
    private boolean[] objects = new boolean[16];
    private int levels;

    private JsonScanner(String text) {
        this.text = text;
    }

    /**
     * The index after the JSON value that begins at an index.
     *
     * @return {@link #NONE} if no JSON value begins there, or one that is nested too deep
     */
    static int end(String text, int from) {
        return new JsonScanner(text).end(from);
    }

    /** The index of the next character that is no white space. */
    static int skipBlanks(String text, int from) {
        int i = from;
        while (i < text.length() && isBlank(text.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n' || c == '\t' || c == '\r';
    }

    private int end(int from) {
        int i = value(from);
        while (i != NONE && levels > 0) {
            i = next(skipBlanks(text, i));
        }
        return i;
    }

    /** Reads a scalar, or the beginning of an array or object up to its first scalar. */
    private int value(int from) {
        int i = from;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c != '{' && c != '[') {
                return scalar(i, c);
            }
            int inside = skipBlanks(text, i + 1);
            if (inside < text.length() && text.charAt(inside) == (c == '{' ? '}' : ']')) {
                return levels < MOST_LEVELS ? inside + 1 : NONE;
            }
            if (!open(c == '{')) {
                return NONE;
            }
            i = c == '{' ? name(inside) : inside;
            if (i == NONE) {
                return NONE;
            }
        }
        return NONE;
    }

    private boolean open(boolean object) {
        if (levels == MOST_LEVELS) {
            return false;
        }
        if (levels == objects.length) {
            objects = Arrays.copyOf(objects, 2 * levels);
        }
        objects[levels++] = object;
        return true;
    }

    /** Reads what follows a value in an array or object: its end, or the next value. */
    private int next(int i) {
        if (i >= text.length()) {
            return NONE;
        }
        boolean object = objects[levels - 1];
        char c = text.charAt(i);
        if (c == (object ? '}' : ']')) {
            levels--;
            return i + 1;
        }
        if (c != ',') {
            return NONE;
        }
        int following = skipBlanks(text, i + 1);
        int begin = object ? name(following) : following;
        return begin == NONE ? NONE : value(begin);
    }

    /** Reads a name with its colon, up to its value. */
    private int name(int from) {
        if (from >= text.length() || text.charAt(from) != '"') {
            return NONE;
        }
        int end = string(from);
        int colon = end == NONE ? NONE : skipBlanks(text, end);
        return colon != NONE && colon < text.length() && text.charAt(colon) == ':' ? skipBlanks(text, colon + 1) : NONE;
    }

    private int scalar(int from, char first) {
        return switch (first) {
            case '"' -> string(from);
            case 't' -> literal(from, "true");
            case 'f' -> literal(from, "false");
            case 'n' -> literal(from, "null");
            default -> number(from);
        };
    }

    private int literal(int from, String literal) {
        return text.startsWith(literal, from) ? from + literal.length() : NONE;
    }

    private int string(int from) {
        for (int i = from + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                return i + 1;
            }
            if (c < ' ') {
                return NONE;
            }
            if (c == '\\') {
                i = escape(i + 1);
                if (i == NONE) {
                    return NONE;
                }
            }
        }
        return NONE;
    }

    /** The index of the last character of an escape, which begins after the backslash. */
    private int escape(int i) {
        if (i >= text.length()) {
            return NONE;
        }
        if (text.charAt(i) != 'u') {
            return "\"\\/bfnrt".indexOf(text.charAt(i)) >= 0 ? i : NONE;
        }
        for (int digit = 1; digit <= 4; digit++) {
            if (i + digit >= text.length() || !HexFormat.isHexDigit(text.charAt(i + digit))) {
                return NONE;
            }
        }
        return i + 4;
    }

    private int number(int from) {
        int i = from < text.length() && text.charAt(from) == '-' ? from + 1 : from;
        int whole = digits(i);
        if (whole == i || whole > i + 1 && text.charAt(i) == '0') {
            return NONE;
        }
        i = whole;
        if (i < text.length() && text.charAt(i) == '.') {
            int fraction = digits(i + 1);
            if (fraction == i + 1) {
                return NONE;
            }
            i = fraction;
        }
        if (i < text.length() && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            int sign = i + 1 < text.length() && (text.charAt(i + 1) == '+' || text.charAt(i + 1) == '-') ? i + 2 : i + 1;
            int exponent = digits(sign);
            return exponent == sign ? NONE : exponent;
        }
        return i;
    }

    private int digits(int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }
}
