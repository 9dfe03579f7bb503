package io.quarkiverse.imsession.spi;

import java.util.Collections;
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
 * @param changed fields to set, as JSON texts, and attributes, whose names begin with {@code @}
 * @param removed the names of fields and attributes to remove
 * @param tokenChange what happens to the token
 * @param expiry the rules by which its lifetime starts anew, or null if the lifetime goes on as it is
 */
public record SessionUpdate(StoredSession basis, @Nullable TokenHash presented, Map<String, String> changed,
        Set<String> removed, TokenChange tokenChange,
        @Nullable Expiry expiry) {

    /** What it makes of the fields. */
    public SessionData appliedTo(SessionData data) {
        Map<String, String> before = data.toJson();
        Map<String, String> after = appliedTo(before, false);
        return after == before ? data : SessionData.fromJson(after);
    }

    /** What it makes of the attributes. */
    public Map<String, String> appliedTo(Map<String, String> attributes) {
        return appliedTo(attributes, true);
    }

    /** What it leaves in a field, as JSON text, going by its basis; null for nothing. */
    public @Nullable String after(String field) {
        return removed.contains(field) ? null : changed.getOrDefault(field, basis.data().toJson().get(field));
    }

    private Map<String, String> appliedTo(Map<String, String> before, boolean toAttributes) {
        if (!concerns(changed.keySet(), toAttributes) && !concerns(removed, toAttributes)) {
            return before;
        }
        Map<String, String> after = new LinkedHashMap<>(before);
        changed.forEach((name, text) -> {
            if (isAttribute(name) == toAttributes) {
                after.put(name, text);
            }
        });
        after.keySet().removeAll(removed);
        return after.equals(before) ? before : Collections.unmodifiableMap(after);
    }

    private static boolean concerns(Set<String> names, boolean attributes) {
        for (String name : names) {
            if (isAttribute(name) == attributes) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAttribute(String name) {
        return !name.isEmpty() && name.charAt(0) == '@';
    }
}
