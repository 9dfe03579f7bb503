package io.quarkiverse.imsession.spi;

import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.quarkiverse.imsession.FieldReads;
import io.quarkiverse.imsession.SessionData;

/**
 * The fields on which an update depends: the functions that made the update have read them from the session as it was loaded.
 *
 * @param fields the names of the fields, also of those that were absent; without meaning if {@code all}
 * @param all whether the update depends on everything, so that any later version of the session is another one
 */
public record Expected(Set<String> fields, boolean all) {

    /** The update depends on no field. */
    public static final Expected NOTHING = new Expected(Set.of(), false);

    /** The update depends on everything. */
    public static final Expected EVERYTHING = new Expected(Set.of(), true);

    /** The fields that functions have read. */
    public static Expected of(FieldReads reads) {
        return reads.isAll() ? EVERYTHING : new Expected(reads.names(), false);
    }

    /** These fields and others. */
    public Expected and(Expected more) {
        if (all || more.all || fields.isEmpty()) {
            return all ? this : more;
        }
        if (fields.containsAll(more.fields)) {
            return this;
        }
        Set<String> union = new HashSet<>(fields);
        union.addAll(more.fields);
        return new Expected(Set.copyOf(union), false);
    }

    /** Whether some field is one of these and one of others. */
    public boolean overlaps(Expected others) {
        return all ? others.all || !others.fields.isEmpty()
                : others.all ? !fields.isEmpty() : !Collections.disjoint(fields, others.fields);
    }

    /** Whether these fields have the same JSON texts in a later version of the session, or are absent in both. */
    boolean holds(SessionData loaded, SessionData later) {
        if (all) {
            return false;
        }
        Map<String, String> before = loaded.toJson();
        Map<String, String> now = later.toJson();
        for (String field : fields) {
            if (!Objects.equals(before.get(field), now.get(field))) {
                return false;
            }
        }
        return true;
    }
}
