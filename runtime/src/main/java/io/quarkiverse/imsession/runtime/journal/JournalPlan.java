package io.quarkiverse.imsession.runtime.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.JournalEntry.Kind;
import io.quarkiverse.imsession.Reference;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.runtime.store.References;

/** Decides whose journals get an entry of a change, and of which kind. */
final class JournalPlan {

    private JournalPlan() {
    }

    /**
     * The entries of a change of a session, those about users that lose it first.
     *
     * @param field the field by which the journal is kept
     * @param before the data of the session before the change; null if it is new
     * @param after its data after the change; null if it has ended
     * @param renewed whether it got a new token
     */
    static List<Planned> of(String field, @Nullable SessionData before, @Nullable SessionData after, boolean renewed) {
        Reference had = reference(field, before);
        Reference has = reference(field, after);
        List<Planned> planned = new ArrayList<>(2);
        if (Objects.equals(had, has)) {
            if (has != null && renewed) {
                planned.add(new Planned(has, Kind.RENEWED));
            }
            return planned;
        }
        if (had != null) {
            planned.add(new Planned(had, Kind.ENDED));
        }
        if (has != null) {
            planned.add(new Planned(has, Kind.LOGGED_IN));
        }
        return planned;
    }

    static @Nullable Reference reference(String field, @Nullable SessionData data) {
        return data == null ? null : References.of(data, field).orElse(null);
    }

    /** An entry for the journal of a user. */
    record Planned(Reference reference, Kind kind) {
    }
}
