package io.quarkiverse.imsession.runtime.session;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;

/** The change of the store that has to be made before a response leaves. */
public sealed interface CommitAction {

    /** A session is stored for the first time. */
    record Create(SessionToken token, NewSession session) implements CommitAction {
    }

    /**
     * A session is changed.
     *
     * @param presented the token that the request came with
     * @param next the token that the update may introduce, or null
     * @param requested whether the application asked for something that it would miss if it is not stored
     */
    record Update(SessionToken presented, SessionUpdate update, @Nullable SessionToken next,
            boolean requested) implements CommitAction {
    }

    /** A session is ended. */
    record Destroy(SessionId id, Presented presented, Optional<String> principal) implements CommitAction {
    }

    /** A session is ended and another one is made in its place. */
    record Replace(Destroy old, Create create) implements CommitAction {
    }

    /** Nothing may be stored, and the client has to hear of it. */
    record Refuse() implements CommitAction {
    }
}
