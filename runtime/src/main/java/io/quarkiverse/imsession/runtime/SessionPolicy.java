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
record SessionPolicy(Duration timeout, @Nullable Duration absoluteTimeout, Renewal renewal, double renewalThreshold,
        Duration renewalGrace, boolean endOnReplay, @Nullable Duration touchInterval, long maxSize, boolean commitOnServerError,
        OnStoreFailure onStoreFailure, Set<String> references, boolean logins) {

    static SessionPolicy of(ImSessionConfig config, boolean logins) {
        return new SessionPolicy(config.timeout(), config.absoluteTimeout().orElse(null), config.renewal(),
                config.renewalThreshold(), config.renewalGrace(), config.endOnReplay(), config.touchInterval().orElse(null),
                config.maxSize().asLongValue(), config.commitOnServerError(), config.onStoreFailure(),
                config.referenceFields(), logins);
    }

    Expiry expiry(@Nullable Duration ownTimeout) {
        return new Expiry(timeout, ownTimeout, absoluteTimeout);
    }

    /** The remaining lifetime below which a session of that lifetime is renewed. */
    Duration renewalDue(Duration lifetime) {
        return Duration.ofMillis((long) (lifetime.toMillis() * renewalThreshold));
    }
}
