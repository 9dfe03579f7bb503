package io.quarkiverse.imsession.runtime;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.PageRequest;
import io.quarkiverse.imsession.SessionData;

/** The names of fields that somebody asks for: never those that the extension keeps beside the data. */
final class FieldNames {

    private FieldNames() {
    }

    static Set<String> of(String first, String... more) {
        Set<String> names = new LinkedHashSet<>();
        names.add(first);
        names.addAll(List.of(more));
        return checked(names);
    }

    static Set<String> of(String[] names) {
        return checked(new LinkedHashSet<>(List.of(names)));
    }

    /** Null if it asks for all. */
    static @Nullable Set<String> of(PageRequest page) {
        return page.fields().map(FieldNames::checked).orElse(null);
    }

    private static Set<String> checked(Set<String> names) {
        if (names.size() > SessionData.MAX_FIELDS) {
            throw new IllegalArgumentException("A session has at most " + SessionData.MAX_FIELDS + " fields, " + names.size()
                    + " were asked for");
        }
        for (String name : names) {
            if (Objects.requireNonNull(name, "The name of a session field is null").startsWith("@")) {
                throw new IllegalArgumentException("Session field '" + name + "' begins with @, which is reserved");
            }
        }
        return names;
    }
}
