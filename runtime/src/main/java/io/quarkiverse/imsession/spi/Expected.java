package io.quarkiverse.imsession.spi;

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
