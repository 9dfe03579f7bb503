package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Exact paths, and prefixes of the form {@code /a/*}, which also match {@code /a}. */
final class PathPatterns {

    private final Set<String> exact = new HashSet<>();
    private final List<String> prefixes = new ArrayList<>();

    PathPatterns(List<String> patterns) {
        for (String pattern : patterns) {
            if (pattern.endsWith("/*")) {
                String prefix = pattern.substring(0, pattern.length() - 1);
                prefixes.add(prefix);
                exact.add(prefix.substring(0, prefix.length() - 1));
            } else {
                exact.add(pattern);
            }
        }
    }

    boolean match(String path) {
        if (exact.contains(path)) {
            return true;
        }
        for (int i = 0; i < prefixes.size(); i++) {
            if (path.startsWith(prefixes.get(i))) {
                return true;
            }
        }
        return false;
    }
}
