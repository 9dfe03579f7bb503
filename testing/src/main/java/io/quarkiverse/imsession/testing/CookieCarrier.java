package io.quarkiverse.imsession.testing;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** Carries the token like a browser, in a cookie. */
record CookieCarrier(String name) implements TokenCarrier {

    @Override
    public Map<String, String> headers(String token) {
        return Map.of("Cookie", name + '=' + token);
    }

    @Override
    public @Nullable String received(Function<String, List<String>> headers) {
        String start = name + '=';
        return headers.apply("Set-Cookie").stream().filter(cookie -> cookie.startsWith(start))
                .map(cookie -> cookie.substring(start.length()).split(";", 2)[0].trim()).findFirst().orElse(null);
    }
}
