package io.quarkiverse.imsession.runtime.http;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.quarkiverse.imsession.runtime.config.CookieConfig;
import io.quarkiverse.imsession.runtime.config.CookieConfig.Persistence;
import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;

/**
 * Carries the token in a cookie. If several cookies of the name have different values, an attacker may have planted one from a
 * sibling domain or for a deeper path, and the order of the cookies does not tell which. Then the browser is told to remove all
 * but the one that this resolver sends.
 */
public final class CookieSessionIdResolver implements SessionIdResolver {

    private final String name;
    private final String attributes;
    private final Persistence persistent;
    private final PlantedCookies planted;

    public CookieSessionIdResolver(CookieConfig config) {
        this(CookieAttributes.of(config));
    }

    CookieSessionIdResolver(CookieAttributes cookie) {
        this.name = cookie.name();
        this.persistent = cookie.persistent();
        this.attributes = cookie.asText();
        this.planted = new PlantedCookies(cookie);
    }

    /** The attributes of the cookie, as text, without its lifetime. */
    String attributes() {
        return attributes.substring(2);
    }

    @Override
    public Set<String> tokens(HttpServerRequest request) {
        List<String> headers = request.headers().getAll(HttpHeaders.COOKIE);
        Set<String> found = Set.of();
        for (int i = 0; i < headers.size(); i++) {
            String header = headers.get(i);
            for (int start = next(header, 0); start >= 0; start = next(header, end(header, start) + 1)) {
                found = Tokens.plus(found, value(header, start));
            }
        }
        return found;
    }

    /** The index of the value of the next cookie with the name, or -1 if there is none. */
    private int next(String header, int from) {
        int start = from;
        while (start < header.length()) {
            int end = end(header, start);
            while (start < end && isBlank(header.charAt(start))) {
                start++;
            }
            int equals = start + name.length();
            if (equals < end && header.charAt(equals) == '=' && header.startsWith(name, start)) {
                return equals + 1;
            }
            start = end + 1;
        }
        return -1;
    }

    private static int end(String header, int start) {
        int end = header.indexOf(';', start);
        return end < 0 ? header.length() : end;
    }

    private static String value(String header, int start) {
        return header.substring(start, end(header, start)).trim();
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    @Override
    public void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge) {
        send(request, response, token, maxAge, false);
    }

    @Override
    public void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge,
            boolean remembered) {
        String cookie = persistent.keeps(remembered)
                ? name + '=' + token + "; Max-Age=" + Math.max(1, maxAge.toSeconds()) + attributes
                : name + '=' + token + attributes;
        response.headers().add(HttpHeaders.SET_COOKIE, cookie);
    }

    /** Repeats all attributes: a browser removes only the cookie whose name, domain, path and partition are the same. */
    @Override
    public void remove(HttpServerRequest request, HttpServerResponse response) {
        response.headers().add(HttpHeaders.SET_COOKIE,
                name + "=; Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT" + attributes);
    }

    /** Removes the cookies with all other domains and paths from which the browser may have sent one with this request. */
    @Override
    public void removeOthers(HttpServerRequest request, HttpServerResponse response) {
        if (tokens(request).size() > 1) {
            HostAndPort authority = request.authority();
            for (String removal : planted.removals(authority == null ? null : authority.host(), request.path(),
                    "https".equals(request.scheme()))) {
                response.headers().add(HttpHeaders.SET_COOKIE, removal);
            }
        }
    }
}
