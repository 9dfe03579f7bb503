package io.quarkiverse.imsession.docs;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The code of the page "Your own resolver": scripts that ask for it carry the token in a header, all others in the cookie. */
// tag::class[]
@Singleton
public class HeaderResolver implements SessionIdResolver {

    private static final String HEADER = "X-App-Session";

    @Inject
    @Identifier("cookie")
    SessionIdResolver cookie;

    @Override
    public Set<String> tokens(HttpServerRequest request) {
        return usesHeader(request) ? inHeader(request) : cookie.tokens(request);
    }

    @Override
    public boolean isAmbient(HttpServerRequest request) {
        return !usesHeader(request);
    }

    @Override
    public void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge) {
        if (usesHeader(request)) {
            response.putHeader(HEADER, token);
        } else {
            cookie.send(request, response, token, maxAge);
        }
    }

    @Override
    public void remove(HttpServerRequest request, HttpServerResponse response) {
        if (usesHeader(request)) {
            response.putHeader(HEADER, "");
        } else {
            cookie.remove(request, response);
        }
    }

    @Override
    public void removeOthers(HttpServerRequest request, HttpServerResponse response) {
        if (!usesHeader(request)) {
            cookie.removeOthers(request, response);
        }
    }

    /** Also with an empty header: a client that has no token yet says how it wants to get one. */
    private static boolean usesHeader(HttpServerRequest request) {
        return request.headers().contains(HEADER);
    }

    private static Set<String> inHeader(HttpServerRequest request) {
        Set<String> tokens = new HashSet<>(request.headers().getAll(HEADER));
        tokens.remove("");
        return tokens;
    }
}
// end::class[]
