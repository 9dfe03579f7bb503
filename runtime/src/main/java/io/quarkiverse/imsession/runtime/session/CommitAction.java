package io.quarkiverse.imsession.runtime.session;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;

/** The change that must be stored before a response leaves. */
public sealed interface CommitAction {

    /** Stores a session for the first time. */
    record Create(SessionToken token, NewSession session) implements CommitAction {
    }

    /**
     * Changes a session.
     *
     * @param presented the token that the request came with
     * @param next the new token that the update may give the session, or null
     * @param requested whether the application asked for this change, so that it must learn if the change is not stored
     */
    record Update(SessionToken presented, SessionUpdate update, @Nullable SessionToken next,
            boolean requested) implements CommitAction {
    }

    /** Ends a session. */
    record Destroy(SessionId id, Presented presented, Optional<String> principal) implements CommitAction {
    }

    /** Ends a session and stores another one in its place. */
    record Replace(Destroy old, Create create) implements CommitAction {
    }

    /** Stores nothing, and tells the client so. */
    record Refuse() implements CommitAction {
    }
}
