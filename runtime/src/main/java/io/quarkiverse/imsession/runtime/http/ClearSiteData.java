package io.quarkiverse.imsession.runtime.http;

import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;

/**
 * Asks the browser to delete its data about the application when the session ends (OWASP ASVS 5, V14.3.1; W3C Clear Site Data).
 */
public final class ClearSiteData {

    private static final CharSequence HEADER = HttpHeaders.createOptimized("Clear-Site-Data");

    private final @Nullable String types;

    /** @param types the types of data to delete, such as {@code storage}; empty for none */
    public ClearSiteData(List<String> types) {
        this.types = types.isEmpty() ? null
                : types.stream().distinct().map(type -> '"' + type + '"').collect(Collectors.joining(", "));
    }

    /** Sets the header, unless the application has set it itself. */
    void addTo(MultiMap headers) {
        if (types != null && !headers.contains(HEADER)) {
            headers.set(HEADER, types);
        }
    }
}
