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
     * encrypts, all keys decrypt: to rotate keys, add the new key as the last one to all instances, then put it first, and
     * remove the old one when no session uses it any more. Without keys, one is made of
     * `quarkus.oidc.token-state-manager.encryption-secret` or else of the secret of the client; a tenant without either has its
     * tokens in the store in clear.
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
