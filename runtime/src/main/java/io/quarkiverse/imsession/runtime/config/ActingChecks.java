package io.quarkiverse.imsession.runtime.config;

import static io.quarkiverse.imsession.runtime.config.Requirements.require;
import static io.quarkiverse.imsession.runtime.config.Requirements.requireBetweenSecondAnd;

import java.time.Duration;

/** Refuses settings by which nobody could act for others, or for too long. */
public final class ActingChecks {

    private static final Duration LONGEST = Duration.ofHours(24);

    private ActingChecks() {
    }

    static void check(ActingConfig acting) {
        requireBetweenSecondAnd(LONGEST, "acting.timeout", acting.timeout(),
                "24 hours, which nobody needs to act for a user");
        require(acting.roles().isPresent() || acting.forbiddenRoles().isEmpty(), "acting.forbidden-roles",
                "is set, but nobody may act for others", "set " + Requirements.PREFIX + "acting.roles, or remove it");
    }

    /** Refuses that users act for others where nobody can log in, or where sessions are not found by those who act. */
    public static void check(ImSessionConfig config, boolean logins, boolean finds) {
        if (config.acting().roles().isPresent()) {
            require(logins, "acting.roles", "is set, but users cannot log in to sessions",
                    "build with " + Requirements.PREFIX + "security.enabled=true, or remove it");
            ApplicationStoreChecks.requireIndex(finds, "acting.roles", "is set",
                    ", so a log-out everywhere of those who act would miss some", "it");
        }
    }
}
