package io.quarkiverse.imsession.runtime.config;

import static io.quarkiverse.imsession.runtime.config.Requirements.require;

import java.time.Duration;
import java.util.Set;

/** Refuses settings by which a journal could not be kept. */
final class JournalChecks {

    private static final int MOST_ENTRIES = 10_000;
    private static final Duration LONGEST = Duration.ofDays(3653);

    private JournalChecks() {
    }

    static void check(JournalConfig journal, Set<String> references) {
        require(!journal.fields().isEmpty(), "journal.fields", "is empty",
                "name the field that tells the user, such as principal");
        journal.fields().forEach(field -> require(references.contains(field), "journal.fields",
                "has '" + field + "', by which no sessions are found",
                "set " + Requirements.PREFIX + ReferenceChecks.indexed(field)
                        + "=true, or name the field of quarkus.imsession.references that tells the user"));
        require(journal.maxEntries() >= 1 && journal.maxEntries() <= MOST_ENTRIES, "journal.max-entries",
                "is not between 1 and " + MOST_ENTRIES, "set a number such as 1000");
        require(journal.maxAge().compareTo(Duration.ofSeconds(1)) >= 0 && journal.maxAge().compareTo(LONGEST) <= 0,
                "journal.max-age", "is not between a second and ten years", "set a duration such as 90D");
    }
}
