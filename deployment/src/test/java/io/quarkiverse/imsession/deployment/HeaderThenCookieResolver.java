package io.quarkiverse.imsession.deployment;

import java.time.Duration;
import java.util.Set;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** The example of koa-imsession's README: an access token in the header goes first, else the cookie counts. */
@Singleton
public class HeaderThenCookieResolver implements SessionIdResolver {

    @Inject
    @Identifier("cookie")
    SessionIdResolver cookie;

    @Override
    public Set<String> tokens(HttpServerRequest request) {
        breakIfAsked(request, "tokens");
        String authorization = request.getHeader("Authorization");
        boolean bearer = authorization != null && authorization.toLowerCase().startsWith("bearer ");
        return bearer ? Set.of(authorization.substring(7)) : cookie.tokens(request);
    }

    @Override
    public void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge) {
        breakIfAsked(request, "send");
        cookie.send(request, response, token, maxAge);
    }

    @Override
    public void remove(HttpServerRequest request, HttpServerResponse response) {
        breakIfAsked(request, "remove");
        cookie.remove(request, response);
    }

    private static void breakIfAsked(HttpServerRequest request, String method) {
        if (method.equals(request.getHeader("X-Break"))) {
            throw new IllegalStateException("broken");
        }
    }
}
