package io.quarkiverse.imsession.runtime.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;

/**
 * Decides which entries of the index an operation needs. An entry outlives its session by a part of the lifetime, so that only
 * a
 * commit that moves the session's end into another part must extend it.
 */
final class IndexPlan {

    private static final int PARTS = 8;
    private static final int PARTS_TO_OUTLIVE = 2;

    private final Set<String> fields;

    IndexPlan(Set<String> fields) {
        this.fields = Set.copyOf(fields);
    }

    Set<String> fields() {
        return fields;
    }

    /** The entries of new data. */
    List<Wanted> entries(SessionData data) {
        List<Wanted> entries = new ArrayList<>(fields.size());
        for (String field : fields) {
            References.of(data, field).ifPresent(reference -> entries.add(new Wanted(reference, true)));
        }
        return entries;
    }

    /**
     * The fields whose entries an update changes or extends, with the entry to make, or empty where it leaves none. A field
     * that
     * the update sets counts as changed also if its basis had that value: a parallel request may have changed it meanwhile.
     */
    Map<String, Optional<Wanted>> changes(SessionUpdate update, Instant now) {
        if (fields.isEmpty()) {
            return Map.of();
        }
        SessionData before = update.basis().data();
        SessionData after = update.appliedTo(before);
        boolean extend = isExtensionDue(update, now);
        Map<String, Optional<Wanted>> changes = new LinkedHashMap<>();
        for (String field : fields) {
            Optional<Reference> wanted = References.of(after, field);
            boolean set = update.changed().containsKey(field) || !wanted.equals(References.of(before, field));
            if (set || extend && wanted.isPresent()) {
                changes.put(field, wanted.map(reference -> new Wanted(reference, set)));
            }
        }
        return changes;
    }

    /** How long an entry is to stay for a session that is used now. */
    static Duration stay(Expiry expiry, @Nullable Duration storedOwnTimeout) {
        Duration lifetime = lifetime(expiry, storedOwnTimeout);
        return lifetime.plus(SessionStore.EXPIRY_SLACK).plus(part(lifetime).multipliedBy(PARTS_TO_OUTLIVE));
    }

    private static boolean isExtensionDue(SessionUpdate update, Instant now) {
        Expiry expiry = update.expiry();
        if (expiry == null) {
            return false;
        }
        Duration own = update.basis().ownTimeout();
        long part = part(lifetime(expiry, own)).toMillis();
        long expires = expiry.expires(update.basis().created(), now, own).toEpochMilli();
        return expiry.ownTimeout() != null || expires / part != update.basis().expires().toEpochMilli() / part;
    }

    private static Duration lifetime(Expiry expiry, @Nullable Duration storedOwnTimeout) {
        return expiry.ownTimeout() != null ? expiry.ownTimeout()
                : storedOwnTimeout != null ? storedOwnTimeout : expiry.timeout();
    }

    private static Duration part(Duration lifetime) {
        return Duration.ofMillis(Math.max(1, lifetime.toMillis() / PARTS));
    }

    /**
     * An entry that a session is to have.
     *
     * @param takesPlace whether the session gets this value, and so needs a place where their number is limited; else it has
     *        it,
     *        and the entry is only to stay for longer
     */
    record Wanted(Reference reference, boolean takesPlace) {
    }
}
