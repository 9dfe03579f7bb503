package io.quarkiverse.imsession.runtime.store;

import java.util.Comparator;
import java.util.Map;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.IndexedSessionStore.Found;

/**
 * The limits that a store enforces.
 *
 * @param byField the limits by the fields of references; a field without a limit is unlimited
 * @param onEnded gets the id of each session that was ended to make room, and the reference that was full
 */
public record SessionLimits(Map<String, SessionLimit> byField, BiConsumer<SessionId, Reference> onEnded) {

    /** The order by creation. The id orders sessions that were created at the same time. */
    public static final Comparator<Found> OLDEST_FIRST = Comparator.comparing((Found found) -> found.session().createdAt())
            .thenComparing(found -> found.id().value());

    public static final SessionLimits NONE = new SessionLimits(Map.of(), (id, full) -> {
    });

    public SessionLimits {
        byField = Map.copyOf(byField);
    }

    @Nullable
    public SessionLimit of(Reference reference) {
        return byField.get(reference.field());
    }
}
