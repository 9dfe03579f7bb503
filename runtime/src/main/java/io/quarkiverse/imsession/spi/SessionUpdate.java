package io.quarkiverse.imsession.spi;

import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A change of a stored session.
 *
 * @param presented the hash of the token that the request came with; the update applies only if it is still valid
 * @param changed fields to set, as JSON texts
 * @param removed fields to remove
 * @param tokenChange what happens to the token
 * @param expiry the rules by which its lifetime starts anew, or null if the lifetime goes on as it is
 */
public record SessionUpdate(TokenHash presented, Map<String, String> changed, Set<String> removed, TokenChange tokenChange,
        @Nullable Expiry expiry) {
}
