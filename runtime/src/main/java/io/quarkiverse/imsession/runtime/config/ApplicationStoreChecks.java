package io.quarkiverse.imsession.runtime.config;

import static io.quarkiverse.imsession.runtime.config.Requirements.require;

import java.util.Set;

import io.quarkiverse.imsession.ImSession;

/** Refuses settings that a store of the application does not implement. */
public final class ApplicationStoreChecks {

    private static final Set<String> OF_LOGINS = Set.of(ImSession.PRINCIPAL, "oidc.sub", "oidc.sid");

    private ApplicationStoreChecks() {
    }

    /**
     * Only the built-in stores enforce limits: with another store a limit would silently have no effect.
     *
     * @param finds whether the store finds sessions by references
     * @param journals whether the store keeps journals
     */
    public static void check(ImSessionConfig config, boolean finds, boolean journals) {
        require(journals || !config.journal().enabled(), "journal.enabled",
                "is true, but the application has a SessionStore of its own, which keeps no journal",
                "let it implement JournalStore, and a method that produces it return a type that does, or remove the setting");
        require(config.redis().replicas() == 0, "redis.replicas",
                "is set, but the application has a SessionStore of its own, and only the built-in one waits for replicas",
                "remove it, or remove the bean");
        config.references().forEach((field, reference) -> {
            require(reference.maxSessions().isEmpty(), ReferenceChecks.maxSessions(field),
                    "is set, but the application has a SessionStore of its own, and only the built-in ones keep this limit",
                    "remove it and let that store limit sessions, or remove the bean");
            // These indexes are on by default with log-ins, even if the application does not use them.
            requireIndex(finds || !reference.indexed() || OF_LOGINS.contains(field), ReferenceChecks.indexed(field),
                    "is true", "", "the settings of this field");
        });
    }

    /**
     * Refuses a setting that needs a store which finds sessions by their fields.
     *
     * @param set what the setting is
     * @param result what would come of it, for the end of a sentence; may be empty
     * @param removed what to remove
     */
    static void requireIndex(boolean ok, String key, String set, String result, String removed) {
        require(ok, key, set + ", but the application has a SessionStore of its own, which finds no sessions by their fields"
                + result,
                "let it implement IndexedSessionStore, and a method that produces it return that type, or remove "
                        + removed);
    }
}
