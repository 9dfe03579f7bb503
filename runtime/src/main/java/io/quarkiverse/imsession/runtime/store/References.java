package io.quarkiverse.imsession.runtime.store;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.spi.StoredSession;

/** Finds references in stored data, which may be older than the setting that makes a field a reference. */
public final class References {

    private References() {
    }

    /** The reference of a field; empty if there is no such field, or its value cannot be a reference. */
    public static Optional<Reference> of(SessionData data, String field) {
        try {
            return data.reference(field);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The reference of the JSON text of a field; empty if there is no text, or it cannot be a reference. */
    public static Optional<Reference> of(String field, @Nullable String json) {
        return json == null ? Optional.empty() : of(SessionData.fromJson(Map.of(field, json)), field);
    }

    /** Some fields, and the field of a reference. */
    public static Set<String> with(Reference reference, Set<String> fields) {
        Set<String> all = new HashSet<>(fields);
        all.add(reference.field());
        return all;
    }

    /** Whether there is a session, and it has the value of the reference. */
    public static boolean isOf(Reference reference, @Nullable StoredSession stored) {
        return stored != null && has(stored.data(), reference);
    }

    public static boolean has(SessionData data, Reference reference) {
        return of(data, reference.field()).filter(reference::equals).isPresent();
    }
}
