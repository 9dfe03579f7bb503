package io.quarkiverse.imsession.runtime.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.WithDefault;

/** Log-ins by OpenID Connect, whose tokens are kept in the session. */
public interface OidcConfig {

    /**
     * The secret keys, of at least 32 characters each, that encrypt the tokens in the store (AES-256-GCM). The first key
     * encrypts, all keys decrypt: to rotate keys, put the new key first, and remove the old one when no session uses it any
     * more. Without a key, readers of the store can use the tokens.
     */
    Optional<List<String>> encryptionKeys();

    /**
     * The greatest size of the tokens of a session, which do not count for `max-size`. A log-in with larger tokens fails. A
     * number without a unit is bytes.
     */
    @WithDefault("64K")
    MemorySize maxSize();

    /**
     * How long a refresh of tokens may take. Requests whose tokens have expired, on all instances, wait that long for its
     * result, also if the instance that refreshes is stopped. Others do not wait.
     */
    @WithDefault("10S")
    Duration refreshTimeout();

    /**
     * How long tokens are not refreshed again after the provider could not be reached or has answered with an error. Meanwhile
     * the user keeps what is still valid.
     */
    @WithDefault("5S")
    Duration retryPause();
}
