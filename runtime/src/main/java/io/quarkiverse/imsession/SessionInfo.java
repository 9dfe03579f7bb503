package io.quarkiverse.imsession;

import java.time.Instant;
import java.util.Optional;

/**
 * A session as {@link ImSessions} shows it: a snapshot that never changes. All times are of the store's clock.
 *
 * @param id the id of the session
 * @param data the fields
 * @param createdAt when the session was first stored
 * @param renewedAt when its token was last replaced; empty if it never was
 * @param authenticatedAt when a user last logged in to it, or the application last called {@link ImSession#renew()}; empty if
 *        neither happened
 * @param expiresAt when it expires if it is not used again
 * @param client the client that uses it
 * @param deviceBound whether it is bound to the device of its browser, so that a copy of its token is of no use elsewhere;
 *        false if {@code quarkus.imsession.device-bound.enabled} is
 * @param actor the name of the user who acts in it for its user, see {@link ImSession#actor()}; empty if nobody does
 */
public record SessionInfo(SessionId id, SessionData data, Instant createdAt, Optional<Instant> renewedAt,
        Optional<Instant> authenticatedAt, Instant expiresAt, SessionClient client, boolean deviceBound,
        Optional<String> actor) {
}
