package io.quarkiverse.imsession.runtime.session;

import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.spi.Expiry;
import io.quarkiverse.imsession.spi.NewSession;
import io.quarkiverse.imsession.spi.Presented;
import io.quarkiverse.imsession.spi.SessionToken;
import io.quarkiverse.imsession.spi.SessionUpdate;
import io.quarkiverse.imsession.spi.TokenChange;

/** The change that must be stored before a response leaves. */
public sealed interface CommitAction {

    /**
     * The token that is lost if the response does not reach the client: that of a session that is created, or renewed by the
     * application. Null if there is none: after a timed renewal the old token stays valid for a while.
     */
    default @Nullable SessionToken onlyCopy() {
        return null;
    }

    /** Whether the session has a timeout of its own afterwards. */
    default boolean isRemembered() {
        return false;
    }

    /** Stores a session for the first time. */
    record Create(SessionToken token, NewSession session) implements CommitAction {

        @Override
        public SessionToken onlyCopy() {
            return token;
        }

        @Override
        public boolean isRemembered() {
            return session.expiry().ownTimeout() != null;
        }
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

        @Override
        public @Nullable SessionToken onlyCopy() {
            return update.tokenChange() instanceof TokenChange.Renew ? next : null;
        }

        @Override
        public boolean isRemembered() {
            Expiry expiry = update.expiry();
            return expiry != null && expiry.ownTimeout() != null || update.basis().ownTimeout() != null;
        }
    }

    /** Ends a session. */
    record Destroy(SessionId id, Presented presented, Optional<String> principal) implements CommitAction {
    }

    /** Ends a session and stores another one in its place. */
    record Replace(Destroy old, Create create) implements CommitAction {

        @Override
        public SessionToken onlyCopy() {
            return create.onlyCopy();
        }

        @Override
        public boolean isRemembered() {
            return create.isRemembered();
        }
    }

    /** Stores nothing, and tells the client so. */
    record Refuse() implements CommitAction {
    }
}
