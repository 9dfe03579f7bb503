package io.quarkiverse.imsession.runtime.http;

import java.util.LinkedHashSet;
import java.util.Set;

/** Collects the different tokens of a request. Almost all requests have none or one, for which this makes hardly anything. */
final class Tokens {

    private Tokens() {
    }

    /** @param tokens empty, or what this method returned before */
    static Set<String> plus(Set<String> tokens, String token) {
        if (tokens.isEmpty()) {
            return Set.of(token);
        }
        if (tokens.contains(token)) {
            return tokens;
        }
        // From the second token on it is a set that can grow, so that many tokens take linear time.
        Set<String> several = tokens.size() == 1 ? new LinkedHashSet<>(tokens) : tokens;
        several.add(token);
        return several;
    }
}
