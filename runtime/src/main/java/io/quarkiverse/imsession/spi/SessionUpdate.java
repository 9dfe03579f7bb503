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
 * @param basis the whole session as it was loaded, never one that {@link SessionStore#load(io.quarkiverse.imsession.SessionId,
 *        Set)} has returned. So a store whose session still has the {@code version} of the basis may write it as a whole. The
 *        session may have changed since; the update applies to the stored session
 * @param presented the token that the request came with; the update applies unless the application has renewed the token since.
 *        Null for an update that no client has requested: it always applies, and must keep the token
 * @param changed fields to set, as JSON texts, and attributes, whose names begin with {@code @}
 * @param removed the names of fields and attributes to remove; none of them is in {@code changed}
 * @param tokenChange the change of the token
 * @param expiry the rules by which the lifetime starts anew, or null if the session expires when it would have expired anyway
 * @param maxSize the greatest size of the data in bytes, as in {@link SessionData#sizeInBytes()}. The caller has checked it for
 *        the basis. The store checks it, and the number of fields, if the session has changed since, see {@link #tooLarge}
 * @param expected the fields and attributes that must still have the values of the basis. If one has another value, a store
 *        that {@link SessionStore#isTransactional() is transactional} answers {@link UpdateResult.Changed}
 */
public record SessionUpdate(StoredSession basis, @Nullable Presented presented, Map<String, String> changed,
        Set<String> removed, TokenChange tokenChange, @Nullable Expiry expiry, long maxSize, Expected expected) {

    /** An update that expects nothing. */
    public SessionUpdate(StoredSession basis, @Nullable Presented presented, Map<String, String> changed, Set<String> removed,
            TokenChange tokenChange, @Nullable Expiry expiry, long maxSize) {
        this(basis, presented, changed, removed, tokenChange, expiry, maxSize, Expected.NOTHING);
    }

    /**
     * An update that expects nothing and has no limit of the size.
     *
     * @param presented the token that was presented when the basis was loaded; null for an update that no client has requested
     */
    public SessionUpdate(StoredSession basis, @Nullable TokenHash presented, Map<String, String> changed, Set<String> removed,
            TokenChange tokenChange, @Nullable Expiry expiry) {
        this(basis, presented == null ? null : new Presented(presented, basis.version()), changed, removed, tokenChange, expiry,
                Long.MAX_VALUE);
    }

    /** The same update for a session that was loaded later, in which the expected fields have the same values. */
    public SessionUpdate on(StoredSession newBasis) {
        return new SessionUpdate(newBasis, presented, changed, removed, tokenChange, expiry, maxSize, expected);
    }

    /** Whether a session still has the expected values. */
    public boolean isExpected(StoredSession stored) {
        return stored.version() == basis.version() || expected.holds(basis, stored);
    }

    /** The fields after this update. */
    public SessionData appliedTo(SessionData data) {
        Map<String, String> before = data.toJson();
        Map<String, String> after = appliedTo(before, false);
        return after == before ? data : SessionData.fromJson(after);
    }

    /** The attributes after this update. */
    public Map<String, String> appliedTo(Map<String, String> attributes) {
        return appliedTo(attributes, true);
    }

    /**
     * Checks a session after this update against the limits of size and number of fields. Flash values count like fields:
     * they are the attributes whose names begin with {@value FieldName#FLASH}. An update that makes the session smaller
     * always passes, as the limit may have been lowered.
     *
     * @return null if it may be stored
     */
    public @Nullable TooLarge tooLarge(StoredSession stored) {
        SessionData before = limited(stored.data(), stored.attributes());
        SessionData after = limited(appliedTo(stored.data()), appliedTo(stored.attributes()));
        int fields = after.names().size();
        boolean tooMany = fields > SessionData.MAX_FIELDS && fields > before.names().size();
        long size = after.sizeInBytes();
        boolean tooBig = size > maxSize && size > before.sizeInBytes();
        return tooMany || tooBig ? new TooLarge(size, fields) : null;
    }

    /** The JSON text of a field, or the text of an attribute, after this update of its basis; null if it is absent then. */
    public @Nullable String after(String name) {
        if (removed.contains(name)) {
            return null;
        }
        String set = changed.get(name);
        return set != null ? set : basis.text(name);
    }

    /** The data, and what counts like it. */
    private static SessionData limited(SessionData data, Map<String, String> attributes) {
        Map<String, String> limited = new LinkedHashMap<>(data.toJson());
        attributes.forEach((name, text) -> {
            if (FieldName.isFlash(name)) {
                limited.put(name, text);
            }
        });
        return limited.size() == data.names().size() ? data : SessionData.fromJson(limited);
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
