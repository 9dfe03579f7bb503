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
 * Several resolvers in order of preference. The first one that finds a well-formed token wins, as an {@code Authorization}
 * header may have another purpose. The token of the response is sent by the resolver that found the token of the request. The
 * token of a new session is sent by all resolvers, as it is not known yet which one the client uses.
 */
public final class ResolverChain implements SessionIdResolver {

    private final List<SessionIdResolver> resolvers;
    private final Predicate<String> isToken;

    public ResolverChain(List<SessionIdResolver> resolvers, Predicate<String> isToken) {
        this.resolvers = List.copyOf(resolvers);
        this.isToken = isToken;
    }

    @Override
    public Set<String> tokens(HttpServerRequest request) {
        Set<String> first = Set.of();
        for (SessionIdResolver resolver : resolvers) {
            Set<String> tokens = resolver.tokens(request);
            if (hasToken(tokens)) {
                return tokens;
            }
            first = first.isEmpty() ? tokens : first;
        }
        return first;
    }

    @Override
    public boolean isAmbient(HttpServerRequest request) {
        SessionIdResolver used = used(request);
        return used != null ? used.isAmbient(request)
                : resolvers.stream().anyMatch(resolver -> resolver.isAmbient(request));
    }

    @Override
    public void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge) {
        send(request, response, token, maxAge, false);
    }

    @Override
    public void send(HttpServerRequest request, HttpServerResponse response, String token, Duration maxAge,
            boolean remembered) {
        SessionIdResolver used = used(request);
        if (used != null) {
            used.send(request, response, token, maxAge, remembered);
        } else {
            resolvers.forEach(resolver -> resolver.send(request, response, token, maxAge, remembered));
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
            if (resolver.tokens(request).size() > 1) {
                resolver.removeOthers(request, response);
            }
        }
    }

    private @Nullable SessionIdResolver used(HttpServerRequest request) {
        for (SessionIdResolver resolver : resolvers) {
            if (hasToken(resolver.tokens(request))) {
                return resolver;
            }
        }
        return null;
    }

    private boolean hasToken(Set<String> texts) {
        for (String text : texts) {
            if (isToken.test(text)) {
                return true;
            }
        }
        return false;
    }
}
