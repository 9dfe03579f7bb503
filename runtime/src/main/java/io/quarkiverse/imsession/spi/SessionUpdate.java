package io.quarkiverse.imsession.spi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;

/**
 * A change of a stored session.
 *
 * @param basis the session as it was loaded. It may have changed since: what is stored counts
 * @param presented the hash of the token that the request came with; the update applies only if it is still valid. Null for an
 *        update that no client asked for: it always applies, and must keep the token
 * @param changed fields to set, as JSON texts
 * @param removed fields to remove
 * @param tokenChange what happens to the token
 * @param expiry the rules by which its lifetime starts anew, or null if the lifetime goes on as it is
 */
public record SessionUpdate(StoredSession basis, @Nullable TokenHash presented, Map<String, String> changed,
        Set<String> removed, TokenChange tokenChange,
        @Nullable Expiry expiry) {

    /** What it makes of some data. */
    public SessionData appliedTo(SessionData data) {
        if (changed.isEmpty() && removed.isEmpty()) {
            return data;
        }
        Map<String, String> fields = new LinkedHashMap<>(data.toJson());
        fields.putAll(changed);
        fields.keySet().removeAll(removed);
        return SessionData.fromJson(fields);
    }
}
