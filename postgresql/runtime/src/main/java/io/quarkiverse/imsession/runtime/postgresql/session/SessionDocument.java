package io.quarkiverse.imsession.runtime.postgresql.session;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

import io.quarkiverse.imsession.codec.JsonText;

/**
 * The JSON documents of a session: its fields, which are JSON texts already, and its attributes, which are texts. PostgreSQL
 * keeps the text of a {@code json} column as it is, so what is read equals what was written, character by character.
 * <p>
 * PostgreSQL cannot hold the character U+0000 and halves of surrogate pairs. It would take their escapes, and then fail
 * whenever a query looks into the document. So they are written in another way: U+F8FF, which means nothing in Unicode, and
 * the four hex digits of the character. U+F8FF itself is written so, too. A text that is no JSON value is written as a string
 * that begins with U+F8FF and {@code t}.
 */
public final class SessionDocument {

    private static final char CODE = '\uf8ff';
    /** Begins a string with a text that is no JSON value. */
    private static final char TEXT = 't';
    private static final String TEXT_PREFIX = "\"" + CODE + TEXT;
    private static final int DIGITS = 4;

    private SessionDocument() {
    }

    /** The document of fields. */
    public static String ofData(Map<String, String> fields) {
        StringBuilder document = new StringBuilder(capacity(fields)).append('{');
        fields.forEach((name, json) -> {
            begin(document, name);
            value(document, json);
        });
        return document.append('}').toString();
    }

    /** The document of attributes. */
    public static String ofAttributes(Map<String, String> attributes) {
        if (attributes.isEmpty()) {
            return "{}";
        }
        StringBuilder document = new StringBuilder(capacity(attributes)).append('{');
        attributes.forEach((name, text) -> {
            begin(document, name);
            string(document.append('"'), text).append('"');
        });
        return document.append('}').toString();
    }

    private static int capacity(Map<String, String> values) {
        int capacity = 2;
        for (Map.Entry<String, String> value : values.entrySet()) {
            capacity += value.getKey().length() + value.getValue().length() + 6;
        }
        return capacity;
    }

    private static void begin(StringBuilder document, String name) {
        if (document.length() > 1) {
            document.append(',');
        }
        string(document.append('"'), name).append("\":");
    }

    private static void value(StringBuilder document, String json) {
        boolean isJson = !json.isEmpty() && JsonScanner.end(json, 0) == json.length() && JsonText.isValidUnicode(json);
        if (!isJson) {
            string(document.append(TEXT_PREFIX), json).append('"');
        } else if (json.indexOf(CODE) < 0 && json.indexOf("\\u") < 0) {
            document.append(json);
        } else {
            escaped(document, json);
        }
    }

    private static boolean isPair(String text, int i) {
        return i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
    }

    /** A JSON value whose escapes PostgreSQL may not be able to read. */
    private static void escaped(StringBuilder document, String json) {
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c == CODE) {
                code(document, CODE);
            } else if (c != '\\') {
                document.append(c);
            } else if (json.charAt(i + 1) != 'u') {
                document.append(c).append(json.charAt(++i));
            } else {
                int pair = isEscapedPair(json, i) ? 2 : 1;
                if (pair == 2 || isReadable(escapedChar(json, i))) {
                    document.append(json, i, i + 6 * pair);
                } else {
                    // The digits as they are: upper and lower case are different texts.
                    document.append(CODE).append(json, i + 2, i + 6);
                }
                i += 6 * pair - 1;
            }
        }
    }

    private static boolean isReadable(char c) {
        return c != 0 && !Character.isSurrogate(c);
    }

    private static boolean isEscapedPair(String json, int i) {
        return Character.isHighSurrogate(escapedChar(json, i)) && json.startsWith("\\u", i + 6)
                && Character.isLowSurrogate(escapedChar(json, i + 6));
    }

    private static char escapedChar(String json, int backslash) {
        return (char) Integer.parseInt(json, backslash + 2, backslash + 6, 16);
    }

    /** The inside of a JSON string. */
    private static StringBuilder string(StringBuilder document, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                document.append('\\').append(c);
            } else if (c == 0 || c == CODE) {
                code(document, c);
            } else if (c < ' ') {
                document.append("\\u").append(HexFormat.of().toHexDigits(c));
            } else if (!Character.isSurrogate(c)) {
                document.append(c);
            } else if (isPair(text, i)) {
                document.append(c).append(text.charAt(++i));
            } else {
                code(document, c);
            }
        }
        return document;
    }

    private static void code(StringBuilder document, char c) {
        document.append(CODE).append(HexFormat.of().toHexDigits(c));
    }

    /**
     * The text that PostgreSQL can hold for a text of any characters. Different texts become different ones, see
     * {@link #ofStorable}.
     */
    public static String storable(String text) {
        if (text.indexOf(0) < 0 && text.indexOf(CODE) < 0 && JsonText.isValidUnicode(text)) {
            return text;
        }
        StringBuilder coded = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || c == CODE || Character.isSurrogate(c) && !isPair(text, i)) {
                code(coded, c);
            } else if (Character.isSurrogate(c)) {
                coded.append(c).append(text.charAt(++i));
            } else {
                coded.append(c);
            }
        }
        return coded.toString();
    }

    /**
     * The fields of a document.
     *
     * @throws IllegalArgumentException if this is no object
     */
    public static Map<String, String> data(String document) {
        return read(document, true);
    }

    /**
     * The attributes of a document.
     *
     * @throws IllegalArgumentException if this is no object of strings
     */
    public static Map<String, String> attributes(String document) {
        return document.equals("{}") ? Map.of() : read(document, false);
    }

    private static Map<String, String> read(String document, boolean isData) {
        Map<String, String> values = new LinkedHashMap<>();
        int i = expect(document, JsonScanner.skipBlanks(document, 0), '{');
        i = JsonScanner.skipBlanks(document, i);
        boolean isFirst = true;
        while (!at(document, i, '}')) {
            i = isFirst ? i : JsonScanner.skipBlanks(document, expect(document, i, ','));
            isFirst = false;
            int end = end(document, i, true);
            String name = unescaped(document, i + 1, end - 1);
            i = JsonScanner.skipBlanks(document, expect(document, JsonScanner.skipBlanks(document, end), ':'));
            end = end(document, i, !isData);
            values.put(name, isData ? json(document, i, end) : unescaped(document, i + 1, end - 1));
            i = JsonScanner.skipBlanks(document, end);
        }
        if (JsonScanner.skipBlanks(document, i + 1) != document.length()) {
            throw damaged();
        }
        return values;
    }

    private static int end(String document, int from, boolean ofString) {
        if (ofString && !at(document, from, '"')) {
            throw damaged();
        }
        int end = JsonScanner.end(document, from);
        if (end == JsonScanner.NONE) {
            throw damaged();
        }
        return end;
    }

    private static int expect(String document, int i, char c) {
        if (!at(document, i, c)) {
            throw damaged();
        }
        return i + 1;
    }

    private static boolean at(String document, int i, char c) {
        return i < document.length() && document.charAt(i) == c;
    }

    /** The text of which {@link #storable} was made. */
    static String ofStorable(String coded) {
        if (coded.indexOf(CODE) < 0) {
            return coded;
        }
        StringBuilder text = new StringBuilder(coded.length());
        for (int i = 0; i < coded.length(); i++) {
            if (isCode(coded, i)) {
                text.append(coded(coded, i));
                i += DIGITS;
            } else {
                text.append(coded.charAt(i));
            }
        }
        return text.toString();
    }

    /** The JSON text of a field. */
    private static String json(String document, int begin, int end) {
        if (document.startsWith(TEXT_PREFIX, begin)) {
            return unescaped(document, begin + TEXT_PREFIX.length(), end - 1);
        }
        String json = document.substring(begin, end);
        if (json.indexOf(CODE) < 0) {
            return json;
        }
        StringBuilder text = new StringBuilder(json.length());
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (!isCode(json, i)) {
                text.append(c);
                continue;
            }
            if (coded(json, i) == CODE) {
                text.append(CODE);
            } else {
                text.append("\\u").append(json, i + 1, i + 1 + DIGITS);
            }
            i += DIGITS;
        }
        return text.toString();
    }

    /** The text of the inside of a JSON string. */
    private static String unescaped(String document, int begin, int end) {
        int escape = document.indexOf('\\', begin);
        int code = document.indexOf(CODE, begin);
        if ((escape < 0 || escape >= end) && (code < 0 || code >= end)) {
            return document.substring(begin, end);
        }
        StringBuilder text = new StringBuilder(end - begin);
        for (int i = begin; i < end; i++) {
            char c = document.charAt(i);
            if (isCode(document, i)) {
                text.append(coded(document, i));
                i += DIGITS;
            } else if (c != '\\') {
                text.append(c);
            } else if (document.charAt(i + 1) == 'u') {
                text.append(escapedChar(document, i));
                i += 5;
            } else {
                text.append(unescaped(document.charAt(++i)));
            }
        }
        return text.toString();
    }

    private static char unescaped(char c) {
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }

    /** Whether a coded character begins here. What others have written may have the character of the code in another place. */
    private static boolean isCode(String text, int i) {
        if (text.charAt(i) != CODE || i + DIGITS >= text.length()) {
            return false;
        }
        for (int digit = 1; digit <= DIGITS; digit++) {
            if (!HexFormat.isHexDigit(text.charAt(i + digit))) {
                return false;
            }
        }
        return true;
    }

    private static char coded(String text, int i) {
        return (char) Integer.parseInt(text, i + 1, i + 1 + DIGITS, 16);
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException("This is no document of a session");
    }
}
