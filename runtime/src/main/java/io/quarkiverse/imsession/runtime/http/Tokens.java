package io.quarkiverse.imsession.runtime.http;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Collects the different tokens of a request. Almost all requests have none or one, and for these hardly any object is created.
 */
final class Tokens {

    private Tokens() {
    }

    /** @param tokens an empty set, or the result of an earlier call */
    static Set<String> plus(Set<String> tokens, String token) {
        if (tokens.isEmpty()) {
            return Set.of(token);
        }
        if (tokens.contains(token)) {
            return tokens;
        }
        // From the second token on the set can grow, so that many tokens take linear time.
        Set<String> several = tokens.size() == 1 ? new LinkedHashSet<>(tokens) : tokens;
        several.add(token);
        return several;
    }
}
