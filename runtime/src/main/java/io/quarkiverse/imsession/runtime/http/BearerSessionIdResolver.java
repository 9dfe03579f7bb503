package io.quarkiverse.imsession.runtime.http;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Carries the token in the {@code Authorization: Bearer} header (RFC 6750) of requests, and in a configurable header of
 * responses, for clients that are no browsers. When the session has ended, the header of the response is empty.
 */
public final class BearerSessionIdResolver implements SessionIdResolver {

    private static final String SCHEME = "bearer ";

    private final String responseHeader;

    public BearerSessionIdResolver(String responseHeader) {
        this.responseHeader = responseHeader;
    }

    @Override
    public Set<String> tokens(HttpServerRequest request) {
        List<String> headers = request.headers().getAll(HttpHeaders.AUTHORIZATION);
        Set<String> found = Set.of();
        for (int i = 0; i < headers.size(); i++) {
            String value = value(headers.get(i));
            found = value == null ? found : Tokens.plus(found, value);
        }
        return found;
    }

    private static @Nullable String value(String header) {
        return header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()) ? header.substring(SCHEME.length()).trim() : null;
    }

    /** Always false, also for requests without a token: no browser adds such a header by itself. */
    @Override
    public boolean isAmbient(HttpServerRequest request) {
        return false;
    }

    @Override
    public void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge) {
        response.headers().set(responseHeader, token);
    }

    @Override
    public void remove(HttpServerRequest request, HttpServerResponse response) {
        response.headers().set(responseHeader, "");
    }
}
