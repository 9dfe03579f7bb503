package io.quarkiverse.imsession.spi;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.codec.FieldName;
import io.quarkiverse.imsession.spi.UpdateResult.TooLarge;

/**
 * A change of a stored session.
 *
 * @param basis the session as it was loaded. It may have changed since: what is stored counts
 * @param presented the token that the request came with; the update applies unless a
 *        renewal on purpose came since. Null for an update that no client asked for: it always applies, and must keep the token
 * @param changed fields to set, as JSON texts, and attributes, whose names begin with {@code @}
 * @param removed the names of fields and attributes to remove
 * @param tokenChange what happens to the token
 * @param expiry the rules by which its lifetime starts anew, or null if the lifetime goes on as it is
 * @param maxSize the most bytes that the data may have, as {@link SessionData#sizeInBytes()} counts them. The caller has
 *        checked it
 *        for the basis; the store checks it, and the number of fields, if the session has changed since
 */
public record SessionUpdate(StoredSession basis, @Nullable Presented presented, Map<String, String> changed,
        Set<String> removed, TokenChange tokenChange, @Nullable Expiry expiry, long maxSize) {

    /** An update without a limit of its size, of a request that came when the basis was loaded. */
    public SessionUpdate(StoredSession basis, @Nullable TokenHash presented, Map<String, String> changed, Set<String> removed,
            TokenChange tokenChange, @Nullable Expiry expiry) {
        this(basis, presented == null ? null : new Presented(presented, basis.version()), changed, removed, tokenChange, expiry,
                Long.MAX_VALUE);
    }

    /** The same update of what was loaded later. */
    public SessionUpdate on(StoredSession newBasis) {
        return new SessionUpdate(newBasis, presented, changed, removed, tokenChange, expiry, maxSize);
    }

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

    /**
     * Whether data that this update makes of other data passes a limit. What makes data smaller is never refused: a limit may
     * have been lowered.
     *
     * @return null if it may be stored
     */
    public @Nullable TooLarge tooLarge(SessionData before, SessionData after) {
        int fields = after.names().size();
        boolean tooMany = fields > SessionData.MAX_FIELDS && fields > before.names().size();
        long size = after.sizeInBytes();
        boolean tooBig = size > maxSize && size > before.sizeInBytes();
        return tooMany || tooBig ? new TooLarge(size, fields) : null;
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
            if (FieldName.isReserved(name) == toAttributes) {
                after.put(name, text);
            }
        });
        after.keySet().removeAll(removed);
        return after.equals(before) ? before : Collections.unmodifiableMap(after);
    }

    private static boolean concerns(Set<String> names, boolean attributes) {
        for (String name : names) {
            if (FieldName.isReserved(name) == attributes) {
                return true;
            }
        }
        return false;
    }
}
