package io.quarkiverse.imsession.runtime.http;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.config.Requirements;

/** Refuses settings of paths and origins that would never match a request, when the application starts. */
public final class PathChecks {

    private static final Pattern SIMPLE = Pattern.compile("(/[A-Za-z0-9._~-]+)+");

    private PathChecks() {
    }

    public static void check(ImSessionConfig config) {
        checkPaths("include-paths", config.includePaths());
        checkPaths("exclude-paths", config.excludePaths());
        checkPaths("csrf.exempt-paths", config.csrf().exemptPaths());
        checkPaths("device-bound.required-for", config.deviceBound().requiredFor());
        String devices = config.deviceBound().path();
        Requirements.require(SIMPLE.matcher(devices).matches() && PlainPath.decodeConfigured(devices) != null,
                "device-bound.path", "is '" + devices + "', which is no simple path",
                "use the form /device-session, of letters, digits, dots and hyphens");
        checkOrigins("csrf.trusted-origins", config.csrf().trustedOrigins());
    }

    /** Whether requests to a plain path that may change something have sessions. */
    public static boolean hasSessions(ImSessionConfig config, String path) {
        return config.includePaths().map(paths -> new PathPatterns(paths, true).find(path)).orElse(true)
                && !new PathPatterns(config.excludePaths().orElse(List.of()), false).find(path);
    }

    /**
     * Refuses that paths have no sessions at which users log in.
     *
     * @param logIns exact paths
     */
    public static void checkLogIns(ImSessionConfig config, List<String> logIns) {
        PathPatterns excluded = new PathPatterns(config.excludePaths().orElse(List.of()), false);
        for (String path : logIns) {
            Requirements.require(!excluded.find(path), "exclude-paths",
                    "excludes " + path + ", so that nobody could log in or out there", "leave it out");
        }
    }

    /**
     * Refuses that pages of the extension have no sessions.
     *
     * @param pages paths of pages
     */
    public static void checkPages(ImSessionConfig config, List<String> pages) {
        PathPatterns excluded = new PathPatterns(config.excludePaths().orElse(List.of()), false);
        for (String page : pages) {
            Requirements.require(!excluded.find(page) && !excluded.find(page + "/"), "exclude-paths",
                    "excludes " + page + ", so that this page would know nobody", "leave it out");
        }
    }

    private static void checkPaths(String key, Optional<List<String>> paths) {
        for (String path : paths.orElse(List.of())) {
            int star = path.indexOf('*');
            Requirements.require(path.startsWith("/") && (star < 0 || star == path.length() - 1 && path.endsWith("/*")), key,
                    "has '" + path + "', which is neither an exact path nor a prefix", "use the form /account or /account/*");
            Requirements.require(PlainPath.decodeConfigured(path) != null, key,
                    "has '" + path + "', which not all layers read in the same way, so that it would never match",
                    "leave out what follows a semicolon, backslashes, empty segments and dots between slashes, and encode "
                            + "nothing but spaces and letters beyond ASCII");
        }
    }

    private static void checkOrigins(String key, Optional<List<String>> origins) {
        for (String origin : origins.orElse(List.of())) {
            Requirements.require(Origin.parse(origin) != null, key, "has '" + origin + "', which is no origin",
                    "use the form https://app.example.org or https://app.example.org:8443, without a path");
        }
    }
}
