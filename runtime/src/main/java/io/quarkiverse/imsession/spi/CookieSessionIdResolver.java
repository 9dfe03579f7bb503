package io.quarkiverse.imsession.spi;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Carries the token in a cookie. If several cookies of the name come with different values, the token is ambiguous:
 * somebody may have planted one from a sibling domain, and no order of cookies tells which.
 */
public final class CookieSessionIdResolver implements SessionIdResolver {

    private final String name;
    private final String attributes;
    private final boolean persistent;

    public CookieSessionIdResolver(CookieAttributes cookie) {
        this.name = cookie.name();
        this.persistent = cookie.persistent();
        this.attributes = attributes(cookie);
    }

    private static String attributes(CookieAttributes cookie) {
        StringBuilder text = new StringBuilder("; Path=").append(cookie.path());
        if (cookie.domain() != null) {
            text.append("; Domain=").append(cookie.domain());
        }
        if (cookie.secure()) {
            text.append("; Secure");
        }
        if (cookie.httpOnly()) {
            text.append("; HttpOnly");
        }
        text.append("; SameSite=").append(cookie.sameSite());
        if (cookie.partitioned()) {
            text.append("; Partitioned");
        }
        return text.toString();
    }

    @Override
    public @Nullable String resolve(HttpServerRequest request) {
        List<String> headers = request.headers().getAll(HttpHeaders.COOKIE);
        String found = null;
        for (int i = 0; i < headers.size(); i++) {
            found = resolve(headers.get(i), found);
        }
        return found;
    }

    private @Nullable String resolve(String header, @Nullable String found) {
        int start = 0;
        while (start < header.length()) {
            int end = header.indexOf(';', start);
            if (end < 0) {
                end = header.length();
            }
            int from = start;
            while (from < end && isBlank(header.charAt(from))) {
                from++;
            }
            int equals = from + name.length();
            if (equals < end && header.charAt(equals) == '=' && header.startsWith(name, from)) {
                String value = header.substring(equals + 1, end).trim();
                found = found == null || found.equals(value) ? value : AMBIGUOUS;
            }
            start = end + 1;
        }
        return found;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    @Override
    public void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge) {
        String cookie = persistent ? name + '=' + token + "; Max-Age=" + Math.max(1, maxAge.toSeconds()) + attributes
                : name + '=' + token + attributes;
        response.headers().add(HttpHeaders.SET_COOKIE, cookie);
    }

    /** Repeats all attributes: a browser removes only the cookie whose name, domain, path and partition are the same. */
    @Override
    public void remove(HttpServerRequest request, HttpServerResponse response) {
        response.headers().add(HttpHeaders.SET_COOKIE,
                name + "=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT" + attributes);
    }
}
