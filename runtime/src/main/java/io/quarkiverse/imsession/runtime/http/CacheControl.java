package io.quarkiverse.imsession.runtime.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** Keeps a response that carries a token out of shared caches (OWASP session management cheat sheet, web content caching). */
final class CacheControl {

    private static final String NO_STORE = "no-store";

    private CacheControl() {
    }

    /** Sets {@code no-store}, unless the application already forbids shared caching. */
    static void forbidShared(MultiMap headers) {
        // Several header lines are one list, and a quoted string may continue on the next line.
        String set = String.join(", ", headers.getAll(HttpHeaders.CACHE_CONTROL));
        if (HeaderParts.split(set, ',').stream().noneMatch(CacheControl::forbidsShared)) {
            forbid(headers);
        }
    }

    /** Sets {@code no-store}, and replaces the value of the application. */
    static void forbid(MultiMap headers) {
        headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }

    /**
     * Whether a directive forbids shared caching. With an argument it does not: {@code private="x-name"} lets caches store all
     * but that header (RFC 9111 §5.2.2.7).
     */
    private static boolean forbidsShared(String directive) {
        return directive.equalsIgnoreCase(NO_STORE) || directive.equalsIgnoreCase("private");
    }
}
