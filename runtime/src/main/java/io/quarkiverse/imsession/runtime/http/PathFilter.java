package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.vertx.core.http.HttpServerRequest;

/** Decides which paths have sessions. */
public final class PathFilter {

    private final PathPatterns included;
    private final PathPatterns excluded;
    private final boolean includesAll;

    /**
     * @param include the only paths to include; if empty all are, but those of {@code unlessIncluded}
     * @param exclude paths to exclude in any case
     * @param unlessIncluded paths to exclude if {@code include} does not name them
     */
    public PathFilter(Optional<List<String>> include, Optional<List<String>> exclude, List<String> unlessIncluded) {
        this.includesAll = include.isEmpty();
        this.included = new PathPatterns(include.orElse(List.of()), true);
        List<String> excludes = new ArrayList<>(exclude.orElse(List.of()));
        if (includesAll) {
            excludes.addAll(unlessIncluded);
        }
        this.excluded = new PathPatterns(excludes, false);
    }

    /** A path that two layers could read differently is included always. */
    boolean includes(HttpServerRequest request) {
        return (includesAll || included.match(request)) && !excluded.match(request);
    }
}
