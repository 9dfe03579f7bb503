package io.quarkiverse.imsession.testing;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.imsession.spi.SessionIdResolver;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;

/** Finds the carrier of tokens that the resolver of the application understands. */
final class TokenCarriers {

    private TokenCarriers() {
    }

    /**
     * The carrier of the tests, or the built-in one that the application understands.
     *
     * @param builtIn the built-in carriers, in order of preference
     * @param token the token of a session that exists
     * @throws IllegalStateException if it understands none
     */
    static TokenCarrier find(Optional<TokenCarrier> own, List<TokenCarrier> builtIn, SessionIdResolver resolver, String token) {
        return own.or(() -> builtIn.stream().filter(carrier -> understands(resolver, carrier, token)).findFirst())
                .orElseThrow(() -> new IllegalStateException("How clients carry the token is decided by "
                        + resolver.getClass().getName() + ", which takes it neither from the cookie nor from a bearer header:"
                        + " add a bean of type " + TokenCarrier.class.getName()
                        + " to the tests that carries it likewise"));
    }

    private static boolean understands(SessionIdResolver resolver, TokenCarrier carrier, String token) {
        try {
            return resolver.tokens(request(carrier.headers(token))).equals(Set.of(token));
        } catch (UnsupportedOperationException e) {
            return false;
        }
    }

    /** A request that has only headers. */
    private static HttpServerRequest request(Map<String, String> headers) {
        MultiMap all = MultiMap.caseInsensitiveMultiMap().addAll(headers);
        return (HttpServerRequest) Proxy.newProxyInstance(HttpServerRequest.class.getClassLoader(),
                new Class<?>[] { HttpServerRequest.class }, (proxy, method, arguments) -> switch (method.getName()) {
                    case "headers" -> all;
                    case "getHeader" -> all.get(arguments[0].toString());
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
