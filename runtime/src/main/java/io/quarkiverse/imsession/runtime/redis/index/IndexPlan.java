package io.quarkiverse.imsession.runtime.redis.index;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.store.References;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkiverse.imsession.spi.SessionUpdate;

/**
 * Decides which entries of the index an operation needs. An entry is kept for a part of the lifetime longer than its session.
 * So only a commit that moves the end of the session into the next part must extend the entry.
 */
public final class IndexPlan {

    private static final int PARTS = 8;
    private static final int PARTS_TO_OUTLIVE = 2;
    /** The shortest part: longer than the usual time between entering a session and storing it. */
    private static final long SHORTEST_PART_MILLIS = 1000;

    private final Set<String> fields;

    public IndexPlan(Set<String> fields) {
        this.fields = Set.copyOf(fields);
    }

    Set<String> fields() {
        return fields;
    }

    /** Whether an update changes or removes a reference field. */
    boolean isConcerned(SessionUpdate update) {
        for (String field : fields) {
            if (update.changed().containsKey(field) || update.removed().contains(field)) {
                return true;
            }
        }
        return false;
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
     * The entries that an update makes or extends. A field that the update names is written also if its value stays: another
     * request may have changed it meanwhile.
     *
     * @param all whether to extend all
     */
    List<Wanted> entries(SessionUpdate update, Instant now, boolean all) {
        boolean extend = all || isExtensionDue(update, now);
        List<Wanted> entries = new ArrayList<>(fields.size());
        for (String field : fields) {
            boolean named = update.changed().containsKey(field);
            if (named || extend) {
                References.of(field, update.after(field)).ifPresent(reference -> entries.add(new Wanted(reference, named)));
            }
        }
        return entries;
    }

    /** How long the entry of a session that is used now must stay. */
    static Duration stay(Expiry expiry, @Nullable Duration storedOwnTimeout) {
        Duration lifetime = expiry.timeout(storedOwnTimeout);
        return lifetime.plus(SessionStore.EXPIRY_SLACK).plus(part(lifetime).multipliedBy(PARTS_TO_OUTLIVE));
    }

    private static boolean isExtensionDue(SessionUpdate update, Instant now) {
        Expiry expiry = update.expiry();
        if (expiry == null) {
            return false;
        }
        Duration own = update.basis().ownTimeout();
        long part = part(expiry.timeout(own)).toMillis();
        long expires = expiry.expiresAt(update.basis().createdAt(), now, own).toEpochMilli();
        return expiry.ownTimeout() != null || expires / part != update.basis().expiresAt().toEpochMilli() / part;
    }

    private static Duration part(Duration lifetime) {
        return Duration.ofMillis(Math.max(SHORTEST_PART_MILLIS, lifetime.toMillis() / PARTS));
    }

    /**
     * An entry that a session needs.
     *
     * @param isCounted whether the session gets this value, so that a limit counts it; otherwise the session already has the
     *        value, and the entry must only stay longer
     */
    record Wanted(Reference reference, boolean isCounted) {
    }
}
