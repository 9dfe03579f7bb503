package io.quarkiverse.imsession.runtime.http;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** Decides which paths have sessions. */
public final class PathFilter {

    private final PathPatterns included;
    private final PathPatterns excluded;
    private final PathPatterns notOfTheApplication;
    private final @Nullable PathPatterns alsoIncluded;
    private final PathPatterns staticResources;
    private final boolean includesAll;

    /**
     * @param include the only paths to include; if empty, all paths are included except those of the last two parameters
     * @param exclude paths to exclude in any case
     * @param notOfTheApplication paths to exclude if {@code include} is empty
     * @param staticResources paths to exclude from GET and HEAD requests if {@code include} is empty; for other methods an
     *        endpoint of the application may have the path of a file
     * @param alsoIncluded paths to include although they are not of the application, or not in {@code include}
     */
    public PathFilter(Optional<List<String>> include, Optional<List<String>> exclude, List<String> notOfTheApplication,
            List<String> staticResources, List<String> alsoIncluded) {
        this.includesAll = include.isEmpty();
        this.included = new PathPatterns(include.orElse(List.of()), true);
        this.excluded = new PathPatterns(exclude.orElse(List.of()), false);
        this.notOfTheApplication = new PathPatterns(notOfTheApplication, false);
        this.alsoIncluded = alsoIncluded.isEmpty() ? null : new PathPatterns(alsoIncluded, true);
        this.staticResources = new PathPatterns(includesAll ? staticResources : List.of(), false);
    }

    /** Whether the request has a session. A path that two layers could interpret differently is always included. */
    boolean includes(HttpServerRequest request) {
        boolean ofTheApplication = includesAll ? !notOfTheApplication.match(request) : included.match(request);
        return (ofTheApplication || isAlsoIncluded(request)) && !excluded.match(request)
                && !(isRead(request.method()) && staticResources.match(request));
    }

    private boolean isAlsoIncluded(HttpServerRequest request) {
        return alsoIncluded != null && alsoIncluded.match(request);
    }

    private static boolean isRead(HttpMethod method) {
        return method == HttpMethod.GET || method == HttpMethod.HEAD;
    }
}
