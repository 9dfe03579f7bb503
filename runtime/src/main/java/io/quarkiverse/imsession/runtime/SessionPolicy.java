package io.quarkiverse.imsession.runtime;

import java.time.Duration;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.runtime.ImSessionConfig.OnStoreFailure;
import io.quarkiverse.imsession.runtime.ImSessionConfig.Renewal;
import io.quarkiverse.imsession.spi.Expiry;

/**
 * The settings that decide what happens to sessions.
 *
 * @param logins whether users may be logged in
 */
record SessionPolicy(Duration timeout, @Nullable Duration absoluteTimeout, Renewal renewal,
        @Nullable Duration renewalInterval, double renewalThreshold, Duration renewalGrace, boolean endOnReplay,
        @Nullable Duration touchInterval, long maxSize, boolean commitOnServerError,
        OnStoreFailure onStoreFailure, Set<String> references, boolean logins) {

    private static final Duration LONGEST_REVOCATION_GRACE = Duration.ofSeconds(10);

    static SessionPolicy of(ImSessionConfig config, boolean logins) {
        return new SessionPolicy(config.timeout(), config.absoluteTimeout().orElse(null), config.renewal(),
                config.renewalInterval().orElse(null), config.renewalThreshold(), config.renewalGraceInForce(),
                config.endOnReplay(), config.touchInterval().orElse(null),
                config.maxSize().asLongValue(), config.commitOnServerError(), config.onStoreFailure(),
                config.referenceFields(), logins);
    }

    Expiry expiry(@Nullable Duration ownTimeout) {
        return new Expiry(timeout, ownTimeout, absoluteTimeout);
    }

    /**
     * The age from which on the token of a session of that lifetime is replaced. By default, it is the age at which a session
     * that
     * is only read is extended, so that one write does both.
     */
    Duration renewalAge(Duration lifetime) {
        if (renewalInterval != null) {
            return renewalInterval;
        }
        Duration shorter = lifetime.compareTo(timeout) < 0 ? lifetime : timeout;
        return shorter.minus(extensionDue(shorter));
    }

    /** The remaining lifetime below which a session of that lifetime is extended. */
    Duration extensionDue(Duration lifetime) {
        return Duration.ofMillis((long) (lifetime.toMillis() * renewalThreshold));
    }

    /** How long a token that was replaced on purpose is known: shorter, as its holder can make no session for that time. */
    Duration revocationGrace() {
        return renewalGrace.compareTo(LONGEST_REVOCATION_GRACE) < 0 ? renewalGrace : LONGEST_REVOCATION_GRACE;
    }
}
