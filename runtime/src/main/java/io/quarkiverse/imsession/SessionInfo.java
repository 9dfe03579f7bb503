package io.quarkiverse.imsession;

import java.time.Instant;
import java.util.Optional;

/**
 * A session as {@link ImSessions} shows it: a snapshot that never changes. All times are of the store's clock.
 *
 * @param id its name
 * @param data its fields
 * @param createdAt when it was stored first
 * @param renewedAt when its token was replaced last; empty if it never was
 * @param authenticatedAt when somebody last logged in, or the application renewed it with {@link ImSession#renew()}; empty if
 *        neither happened
 * @param expiresAt when it ends if it is not used again
 * @param client who uses it
 */
public record SessionInfo(SessionId id, SessionData data, Instant createdAt, Optional<Instant> renewedAt,
        Optional<Instant> authenticatedAt, Instant expiresAt, SessionClient client) {
}
