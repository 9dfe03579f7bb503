package io.quarkiverse.imsession.runtime.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.PageRequest;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.codec.FieldName;

/** Checks the names of fields that a caller reads or sets: the names of attributes are reserved. */
public final class FieldNames {

    private FieldNames() {
    }

    public static Set<String> of(Set<String> names) {
        return checked(new LinkedHashSet<>(names));
    }

    public static Set<String> of(String[] names) {
        return checked(new LinkedHashSet<>(List.of(names)));
    }

    /** The names that a request for a page has; null for all fields. */
    public static @Nullable Set<String> of(PageRequest page) {
        return page.fields().map(FieldNames::checked).orElse(null);
    }

    private static Set<String> checked(Set<String> names) {
        if (names.size() > SessionData.MAX_FIELDS) {
            throw new IllegalArgumentException("A session has at most " + SessionData.MAX_FIELDS + " fields, " + names.size()
                    + " were asked for");
        }
        names.forEach(FieldName::check);
        return names;
    }
}
