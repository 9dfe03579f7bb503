package io.quarkiverse.imsession.spi;

import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

import io.quarkiverse.imsession.FieldReads;

/**
 * What an update depends on: fields and attributes that were read from the session, as it was loaded, to make the update.
 *
 * @param fields the names of fields and attributes, also of those that were absent; without meaning if {@code all}
 * @param all whether the update depends on everything, so that any later version of the session is another one
 */
public record Expected(Set<String> fields, boolean all) {

    /** The update depends on nothing. */
    public static final Expected NOTHING = new Expected(Set.of(), false);

    /** The update depends on everything. */
    public static final Expected EVERYTHING = new Expected(Set.of(), true);

    /** The fields that functions have read. */
    public static Expected of(FieldReads reads) {
        return reads.isAll() ? EVERYTHING : new Expected(reads.names(), false);
    }

    /** This, and attributes. */
    public Expected and(Set<String> attributes) {
        if (all || fields.containsAll(attributes)) {
            return this;
        }
        Set<String> names = new HashSet<>(fields);
        names.addAll(attributes);
        return new Expected(Set.copyOf(names), false);
    }

    /** Whether all that is expected has the same texts in a later version of the session, or is absent in both. */
    boolean holds(StoredSession loaded, StoredSession later) {
        if (all) {
            return false;
        }
        for (String name : fields) {
            if (!Objects.equals(loaded.text(name), later.text(name))) {
                return false;
            }
        }
        return true;
    }
}
