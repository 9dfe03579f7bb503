package io.quarkiverse.imsession.runtime.config;

import static io.quarkiverse.imsession.runtime.config.Requirements.require;

/** Refuses settings of references that cannot work. */
final class ReferenceChecks {

    private ReferenceChecks() {
    }

    static void check(String field, ReferenceConfig reference) {
        reference.maxSessions().ifPresent(max -> {
            require(max >= 1, maxSessions(field), "is less than 1", "set a number such as 3, or leave it out");
            require(reference.indexed(), maxSessions(field),
                    "is set, but without an index the sessions of a value cannot be counted",
                    "remove " + Requirements.PREFIX + indexed(field) + "=false, or leave it out");
        });
    }

    static String indexed(String field) {
        return "references.\"" + field + "\".indexed";
    }

    static String maxSessions(String field) {
        return "references.\"" + field + "\".max-sessions";
    }
}
