package io.quarkiverse.imsession.runtime.http;

import java.util.ArrayList;
import java.util.List;

import io.quarkus.vertx.http.runtime.AuthRuntimeConfig;
import io.quarkus.vertx.http.runtime.PolicyMappingConfig;

/** The paths that HTTP policies of the configuration guard, as patterns of {@link PathFilter}; maybe too many. */
public final class GuardedPaths {

    private static final String EVERYBODY = "permit";

    private GuardedPaths() {
    }

    /** @param root the root path of the application, with a slash at the end */
    public static List<String> of(AuthRuntimeConfig auth, String root) {
        List<String> patterns = new ArrayList<>();
        for (PolicyMappingConfig mapping : auth.permissions().values()) {
            if (mapping.enabled().orElse(true) && !mapping.policy().equals(EVERYBODY)) {
                mapping.paths().orElse(List.of()).forEach(path -> patterns.add(pattern(path, root)));
            }
        }
        return List.copyOf(patterns);
    }

    /** Quarkus knows asterisks anywhere, for which the folder before them is taken. */
    static String pattern(String path, String root) {
        String absolute = path.startsWith("/") ? path : root + path;
        int asterisk = absolute.indexOf('*');
        return asterisk < 0 ? absolute : absolute.substring(0, absolute.lastIndexOf('/', asterisk) + 1) + '*';
    }
}
