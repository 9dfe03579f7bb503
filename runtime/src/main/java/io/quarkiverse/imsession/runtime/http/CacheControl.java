package io.quarkiverse.imsession.runtime.http;

import java.util.Locale;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/** Keeps a response that carries a token out of shared caches (OWASP session management cheat sheet, web content caching). */
final class CacheControl {

    private static final String NO_STORE = "no-store";

    private CacheControl() {
    }

    /** Sets {@code no-store}, unless the application already forbids shared caching. */
    static void forbidShared(MultiMap headers) {
        String set = headers.get(HttpHeaders.CACHE_CONTROL);
        String lower = set == null ? "" : set.toLowerCase(Locale.ROOT);
        if (!lower.contains(NO_STORE) && !lower.contains("private")) {
            forbid(headers);
        }
    }

    /** Sets {@code no-store}, whatever the application has set. */
    static void forbid(MultiMap headers) {
        headers.set(HttpHeaders.CACHE_CONTROL, NO_STORE);
    }
}
