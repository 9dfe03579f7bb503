package io.quarkiverse.imsession.runtime.http;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * Several resolvers in order of preference. The first that finds something of the shape of a token wins, as an
 * {@code Authorization} header may be meant for somebody else. The answer goes the way that the token came; a new
 * session's token goes all ways, as nobody knows yet which one the client uses.
 */
public final class ResolverChain implements SessionIdResolver {

    private final List<SessionIdResolver> resolvers;
    private final Predicate<String> isToken;

    public ResolverChain(List<SessionIdResolver> resolvers, Predicate<String> isToken) {
        this.resolvers = List.copyOf(resolvers);
        this.isToken = isToken;
    }

    @Override
    public @Nullable String resolve(HttpServerRequest request) {
        String found = null;
        for (SessionIdResolver resolver : resolvers) {
            String token = resolver.resolve(request);
            if (token != null && isFound(token, resolver, request)) {
                return token;
            }
            found = found == null ? token : found;
        }
        return found;
    }

    @Override
    public Set<String> candidates(HttpServerRequest request) {
        SessionIdResolver used = used(request);
        return used == null ? Set.of() : used.candidates(request);
    }

    @Override
    public boolean isAmbient(HttpServerRequest request) {
        SessionIdResolver used = used(request);
        return used != null ? used.isAmbient(request)
                : resolvers.stream().anyMatch(resolver -> resolver.isAmbient(request));
    }

    @Override
    public void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge) {
        SessionIdResolver used = used(request);
        if (used != null) {
            used.send(request, response, token, maxAge);
        } else {
            resolvers.forEach(resolver -> resolver.send(request, response, token, maxAge));
        }
    }

    @Override
    public void remove(HttpServerRequest request, HttpServerResponse response) {
        SessionIdResolver used = used(request);
        if (used != null) {
            used.remove(request, response);
        }
    }

    @Override
    public void removeOthers(HttpServerRequest request, HttpServerResponse response) {
        for (SessionIdResolver resolver : resolvers) {
            if (AMBIGUOUS.equals(resolver.resolve(request))) {
                resolver.removeOthers(request, response);
            }
        }
    }

    private @Nullable SessionIdResolver used(HttpServerRequest request) {
        for (SessionIdResolver resolver : resolvers) {
            String token = resolver.resolve(request);
            if (token != null && isFound(token, resolver, request)) {
                return resolver;
            }
        }
        return null;
    }

    private boolean isFound(String token, SessionIdResolver resolver, HttpServerRequest request) {
        return token.equals(AMBIGUOUS) ? resolver.candidates(request).stream().anyMatch(isToken) : isToken.test(token);
    }
}
