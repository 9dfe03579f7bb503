package io.quarkiverse.imsession.runtime.session;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;

/** What is to be stored before a response leaves. */
public sealed interface CommitAction {

    /** Nothing: the response passes straight through. */
    record Nothing() implements CommitAction {
        static final Nothing INSTANCE = new Nothing();
    }

    /** A session is stored for the first time. */
    record Create(SessionToken token, NewSession session) implements CommitAction {
    }

    /**
     * A session is changed.
     *
     * @param loaded the session as it was loaded
     * @param next the token that the update may introduce, or null
     * @param requested whether the application asked for something that it would miss if it is not stored
     */
    record Update(LoadedSession loaded, SessionUpdate update, @Nullable SessionToken next,
            boolean requested) implements CommitAction {
    }

    /** A session is ended. */
    record Destroy(LoadedSession loaded) implements CommitAction {
    }

    /** A session is ended and another one is made in its place. */
    record Replace(LoadedSession loaded, Create create) implements CommitAction {
    }

    /** Nothing may be stored, and the client has to hear of it. */
    record Refuse() implements CommitAction {
    }
}
