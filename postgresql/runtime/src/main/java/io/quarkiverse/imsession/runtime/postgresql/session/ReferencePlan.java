package io.quarkiverse.imsession.runtime.postgresql.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.store.References;

/** Decides which references a change of a session enters and leaves. */
final class ReferencePlan {

    private final List<String> fields;
    private final int settings;

    /** @param fields the names of the fields by which sessions are found */
    ReferencePlan(Collection<String> fields) {
        this.fields = List.copyOf(new TreeSet<>(fields));
        this.settings = this.fields.hashCode() == List.of().hashCode() ? 0 : this.fields.hashCode();
    }

    /** A number for the fields, 0 for none: a session that was entered with other fields has another number. */
    int settings() {
        return settings;
    }

    /** What a change of data changes. */
    Moves moves(SessionData before, SessionData after) {
        if (fields.isEmpty() || before == after) {
            return Moves.NONE;
        }
        List<Reference> entered = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (String field : fields) {
            Optional<Reference> old = References.of(before, field);
            Optional<Reference> now = References.of(after, field);
            if (!now.equals(old)) {
                now.ifPresentOrElse(entered::add, () -> left.add(field));
            }
        }
        return entered.isEmpty() && left.isEmpty() ? Moves.NONE : new Moves(entered, left);
    }

    /** All references of data, whatever was entered before. */
    Moves all(SessionData data) {
        List<Reference> entered = new ArrayList<>();
        List<String> left = new ArrayList<>();
        for (String field : fields) {
            References.of(data, field).ifPresentOrElse(entered::add, () -> left.add(field));
        }
        return new Moves(entered, left);
    }

    /**
     * References to enter, and fields that have none any more.
     */
    record Moves(List<Reference> entered, List<String> left) {

        static final Moves NONE = new Moves(List.of(), List.of());

        String[] fields() {
            return entered.stream().map(reference -> SessionDocument.storable(reference.field())).toArray(String[]::new);
        }

        String[] values() {
            return entered.stream().map(reference -> SessionDocument.storable(reference.value())).toArray(String[]::new);
        }

        String[] leftFields() {
            return left.stream().map(SessionDocument::storable).toArray(String[]::new);
        }
    }
}
