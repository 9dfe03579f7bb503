package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Splits the value of a header into its parts (RFC 9110 §5.6). */
final class HeaderParts {

    private HeaderParts() {
    }

    /** The parts between separators, without the blanks around them. A separator in a quoted string does not count. */
    static List<String> split(String value, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (quoted && c == '\\') {
                i++;
            } else if (!quoted && c == separator) {
                parts.add(value.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(value.substring(start).strip());
        return parts;
    }

    /** The value of a parameter {@code name=value} or {@code name="value"}; null if there is none. */
    static @Nullable String parameter(List<String> parts, String name) {
        for (String part : parts) {
            int equals = part.indexOf('=');
            if (equals >= 0 && part.substring(0, equals).strip().equalsIgnoreCase(name)) {
                String value = part.substring(equals + 1).strip();
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                return quoted ? value.substring(1, value.length() - 1) : value;
            }
        }
        return null;
    }
}
