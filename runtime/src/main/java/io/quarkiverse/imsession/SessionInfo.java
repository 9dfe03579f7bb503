package io.quarkiverse.imsession;

import java.time.Instant;
import java.util.Optional;

/**
 * A session as {@link ImSessions} shows it: a snapshot that never changes. All times are of the store's clock.
 *
 * @param id its name
 * @param data its fields
 * @param created when it was stored first
 * @param renewed when its token was replaced last; empty if it never was
 * @param expires when it ends if it is not used again
 * @param client who uses it
 */
public record SessionInfo(SessionId id, SessionData data, Instant created, Optional<Instant> renewed, Instant expires,
        SessionClient client) {
}
