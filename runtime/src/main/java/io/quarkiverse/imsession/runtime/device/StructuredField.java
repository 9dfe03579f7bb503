package io.quarkiverse.imsession.runtime.device;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Reads structured fields (RFC 9651, §4.2): items, and lists of items. A field with any fault is refused as a whole, as the RFC
 * demands. Values of other types than strings and tokens are skipped, and lists in lists are refused: the headers of this room
 * have neither.
 */
final class StructuredField {

    /** What a token may have beside letters and digits (RFC 9110, §5.6.2). */
    private static final String TOKEN = "!#$%&'*+-.^_`|~:/";
    private static final String KEY = "_-.*";
    private static final String NUMBER = "-.";
    private static final String BASE64 = "+/=";

    private final String field;
    private int at;

    private StructuredField(String field) {
        this.field = field;
    }

    /**
     * @param text the string or token; empty if it is of another type
     * @param isToken whether it is a token
     * @param parameters the strings and tokens of its parameters
     */
    record Item(String text, boolean isToken, Map<String, String> parameters) {
    }

    private static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        Malformed() {
            super(null, null, false, false);
        }
    }

    /** The string of a text, in quotes. */
    static String string(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                throw new IllegalArgumentException("A structured field holds printable ASCII only");
            }
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /** The item of a field that is a string or a token; null if it is of another type or malformed. */
    static @Nullable Item item(String text) {
        StructuredField field = new StructuredField(text);
        try {
            field.skip(" ");
            Item item = field.readItem();
            field.skip(" ");
            return field.ended() && !item.text().isEmpty() ? item : null;
        } catch (Malformed e) {
            return null;
        }
    }

    /** The items of a list; none if it is malformed. */
    static List<Item> list(String text) {
        StructuredField field = new StructuredField(text);
        List<Item> items = new ArrayList<>();
        try {
            field.skip(" ");
            while (!field.ended()) {
                items.add(field.readItem());
                field.skip(" \t");
                if (!field.ended()) {
                    field.expect(',');
                    field.skip(" \t");
                    field.demand(!field.ended());
                }
            }
            return items;
        } catch (Malformed e) {
            return List.of();
        }
    }

    private Item readItem() throws Malformed {
        boolean token = isLetter(next()) || next() == '*';
        String text = readBareItem();
        return new Item(text, token, readParameters());
    }

    private Map<String, String> readParameters() throws Malformed {
        Map<String, String> parameters = new HashMap<>();
        while (next() == ';') {
            at++;
            skip(" ");
            demand(next() >= 'a' && next() <= 'z' || next() == '*');
            String key = readWhile(KEY);
            demand(key.chars().noneMatch(c -> c >= 'A' && c <= 'Z'));
            String value = "";
            if (next() == '=') {
                at++;
                value = readBareItem();
            }
            parameters.put(key, value);
        }
        return parameters;
    }

    /** Reads a value: a string or token, or one of another type, which becomes an empty text. */
    private String readBareItem() throws Malformed {
        char first = next();
        if (first == '"') {
            return readString();
        }
        if (isLetter(first) || first == '*') {
            return readWhile(TOKEN);
        }
        switch (first) {
            case '?' -> {
                at++;
                demand(next() == '0' || next() == '1');
                at++;
            }
            case ':' -> {
                at++;
                readWhile(BASE64);
                expect(':');
            }
            case '@' -> {
                at++;
                demand(!readWhile(NUMBER).isEmpty());
            }
            case '%' -> {
                at++;
                readString();
            }
            default -> {
                demand(isDigit(first) || first == '-');
                readWhile(NUMBER);
            }
        }
        return "";
    }

    private String readString() throws Malformed {
        expect('"');
        StringBuilder text = new StringBuilder();
        while (next() != '"') {
            if (next() == '\\') {
                at++;
                demand(next() == '"' || next() == '\\');
            }
            // At the end it is not.
            demand(next() >= ' ' && next() <= '~');
            text.append(next());
            at++;
        }
        at++;
        return text.toString();
    }

    /** Reads letters, digits and some other characters. */
    private String readWhile(String others) {
        int begin = at;
        while (!ended() && (isLetter(next()) || isDigit(next()) || others.indexOf(next()) >= 0)) {
            at++;
        }
        return field.substring(begin, at);
    }

    private void skip(String blanks) {
        while (!ended() && blanks.indexOf(next()) >= 0) {
            at++;
        }
    }

    private void expect(char c) throws Malformed {
        demand(next() == c);
        at++;
    }

    private void demand(boolean condition) throws Malformed {
        if (!condition) {
            throw new Malformed();
        }
    }

    private boolean ended() {
        return at == field.length();
    }

    /** The next character; one that no field may have at the end. */
    private char next() {
        return ended() ? '\0' : field.charAt(at);
    }

    private static boolean isLetter(char c) {
        return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
