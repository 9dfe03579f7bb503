package io.quarkiverse.imsession.testing;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/** Carries the token like a client that is no browser, in headers. */
record BearerCarrier(String responseHeader) implements TokenCarrier {

    @Override
    public Map<String, String> headers(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    @Override
    public @Nullable String received(Function<String, List<String>> headers) {
        return headers.apply(responseHeader).stream().findFirst().orElse(null);
    }
}
