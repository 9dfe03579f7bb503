package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides which paths have sessions. */
public final class PathFilter {

    private final Patterns included;
    private final Patterns excluded;
    private final boolean includesAll;

    /**
     * @param include the only paths to include; if empty all are, but those of {@code unlessIncluded}
     * @param exclude paths to exclude in any case
     * @param unlessIncluded paths to exclude if {@code include} does not name them
     */
    public PathFilter(Optional<List<String>> include, Optional<List<String>> exclude, List<String> unlessIncluded) {
        this.includesAll = include.isEmpty();
        this.included = new Patterns(include.orElse(List.of()));
        List<String> excludes = new ArrayList<>(exclude.orElse(List.of()));
        if (includesAll) {
            excludes.addAll(unlessIncluded);
        }
        this.excluded = new Patterns(excludes);
    }

    /** @param path a normalized path */
    boolean includes(String path) {
        return (includesAll || included.match(path)) && !excluded.match(path);
    }

    /** Exact paths, and prefixes of the form {@code /a/*}, which also match {@code /a}. */
    private static final class Patterns {

        private final Set<String> exact = new HashSet<>();
        private final List<String> prefixes = new ArrayList<>();

        Patterns(List<String> patterns) {
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
}
