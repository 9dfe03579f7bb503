package io.quarkiverse.imsession.runtime.store;

import java.util.Optional;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;

/** The references of stored data, which may be older than the settings that made a field a reference. */
final class References {

    private References() {
    }

    /** Empty if there is no such field, or its value cannot be a reference. */
    static Optional<Reference> of(SessionData data, String field) {
        try {
            return data.reference(field);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }

    static boolean has(SessionData data, Reference reference) {
        return of(data, reference.field()).filter(reference::equals).isPresent();
    }
}
