package io.quarkiverse.imsession.runtime.store;

import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionId;

/**
 * The limits that a store keeps.
 *
 * @param byField by the fields of references; a field without one is unlimited
 * @param onEnded hears of each session that was ended to make room
 */
public record SessionLimits(Map<String, SessionLimit> byField, Consumer<SessionId> onEnded) {

    static final SessionLimits NONE = new SessionLimits(Map.of(), id -> {
    });

    public SessionLimits {
        byField = Map.copyOf(byField);
    }

    @Nullable
    SessionLimit of(Reference reference) {
        return byField.get(reference.field());
    }
}
