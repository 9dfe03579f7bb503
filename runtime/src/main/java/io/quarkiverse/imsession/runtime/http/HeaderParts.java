package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayList;
import java.util.List;

/** Takes the value of a header apart (RFC 9110 §5.6). */
final class HeaderParts {

    private HeaderParts() {
    }

    /** The parts between separators, without the blanks around them. In a quoted string nothing separates. */
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
}
