package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.vertx.core.http.HttpServerRequest;

/** Exact paths, and prefixes of the form {@code /a/*}, which also match {@code /a}. */
final class PathPatterns {

    private final Set<String> exact = new HashSet<>();
    private final List<String> prefixes = new ArrayList<>();
    private final boolean inDoubt;

    /**
     * @param patterns the patterns; one that is not plain matches nothing
     * @param inDoubt the answer for a path that layers may interpret differently. If true, exact patterns also match with and
     *        without a slash at the end
     */
    PathPatterns(List<String> patterns, boolean inDoubt) {
        this.inDoubt = inDoubt;
        for (String pattern : patterns) {
            String plain = PlainPath.decodeConfigured(pattern);
            if (plain != null) {
                add(plain);
            }
        }
    }

    private void add(String pattern) {
        String path = pattern;
        if (pattern.endsWith("/*")) {
            String prefix = pattern.substring(0, pattern.length() - 1);
            prefixes.add(prefix);
            path = prefix.substring(0, prefix.length() - 1);
        }
        exact.add(path);
        if (inDoubt) {
            exact.add(path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/");
        }
    }

    boolean match(HttpServerRequest request) {
        String path = request.path();
        if (path != null && path.indexOf('%') < 0) {
            boolean found = find(path);
            if (found == inDoubt) {
                return found;
            }
        }
        // Only here the answer depends on whether the path is plain.
        String plain = PlainPath.of(request);
        return plain == null ? inDoubt : find(plain);
    }

    /** Whether a plain path matches. */
    boolean find(String path) {
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
