package io.quarkiverse.imsession;

import java.util.Optional;

/**
 * What happened to a session. Observe one of the records, or this type for all, with
 * {@link jakarta.enterprise.event.ObservesAsync @ObservesAsync}. Observers are told one event after the other, in their order,
 * on a thread of their own, and never delay a response. Up to 1,000 events wait for them; those that find no place are dropped.
 */
public sealed interface SessionEvent {

    /** The session; empty if the client's token named none. */
    Optional<SessionId> sessionId();

    /**
     * A session was stored for the first time.
     *
     * @param id the new session
     */
    record Created(SessionId id) implements SessionEvent {

        @Override
        public Optional<SessionId> sessionId() {
            return Optional.of(id);
        }
    }

    /**
     * A session got a new token.
     *
     * @param id the session
     * @param timed true if its age asked for it, false if the application did with {@link ImSession#renew()}
     */
    record Renewed(SessionId id, boolean timed) implements SessionEvent {

        @Override
        public Optional<SessionId> sessionId() {
            return Optional.of(id);
        }
    }

    /**
     * A session was ended.
     *
     * @param id the session that is no more
     * @param cause who ended it
     * @param principal who was logged in, see {@link ImSession#principal()}, as far as the request that ended the session knew
     *        it; empty also for {@link Cause#ADMINISTRATION}, {@link Cause#ABANDONED} and {@link Cause#LIMIT}
     */
    record Destroyed(SessionId id, Cause cause, Optional<String> principal) implements SessionEvent {

        /** The end of a session of which it is not known who was logged in. */
        public Destroyed(SessionId id, Cause cause) {
            this(id, cause, Optional.empty());
        }

        @Override
        public Optional<SessionId> sessionId() {
            return Optional.of(id);
        }

        /** Without the principal, as events get into the log. */
        @Override
        public String toString() {
            return "Destroyed[id=" + id + ", cause=" + cause + "]";
        }

        /** Who ended a session. */
        public enum Cause {
            /** The application, in a request of the session: with {@link ImSession#destroy()}, or a log-in of another user. */
            REQUEST,
            /** The application, with {@link ImSessions} or {@link ReactiveImSessions}. */
            ADMINISTRATION,
            /** A superseded token came back, and {@code quarkus.imsession.destroy-on-replay} is set. */
            REPLAY,
            /** The extension, as the token of the session never reached its client: nobody could use it. */
            ABANDONED,
            /** A newer session, which {@code quarkus.imsession.references."<field>".max-sessions} left no room for besides. */
            LIMIT
        }
    }

    /**
     * A token was refused. The request went on without a session.
     *
     * @param id the session that the token names; empty if it is malformed
     * @param reason why
     */
    record Rejected(Optional<SessionId> id, Reason reason) implements SessionEvent {

        @Override
        public Optional<SessionId> sessionId() {
            return id;
        }

        /** Why a token was refused. */
        public enum Reason {
            /** Not of the shape of a token, too long, ambiguous, or with a signature that no key verifies. */
            MALFORMED,
            /** No such session: it never was, has ended, or expired so long ago that the store has forgotten it. */
            UNKNOWN,
            /** The session is over, but the store still has it: its {@code quarkus.imsession.absolute-timeout} was lowered. */
            EXPIRED,
            /** The session exists, but this is not its secret. */
            WRONG_SECRET,
            /**
             * The token was replaced on purpose a moment ago, as by a log-in. Most likely the request was under way in
             * parallel.
             */
            SUPERSEDED,
            /** The token was replaced by its age, and its successor has been used since the grace period ended. */
            REPLAYED
        }
    }

    /**
     * A request was refused. Nothing of it was stored, and its client was given no session cookie.
     *
     * @param id the session that the request came with; empty if it had none
     * @param reason why
     */
    record Refused(Optional<SessionId> id, Reason reason) implements SessionEvent {

        @Override
        public Optional<SessionId> sessionId() {
            return id;
        }

        /** Why a request was refused. */
        public enum Reason {
            /** It comes from another site. */
            ORIGIN,
            /** It has no CSRF token of its session. */
            TOKEN,
            /** Its session ended or was renewed by another request meanwhile. */
            CONFLICT,
            /** Another request stored so much meanwhile that its change would make the session too large. */
            SIZE,
            /** Its session is one too many for {@code quarkus.imsession.references."<field>".max-sessions}. */
            LIMIT,
            /** The store could not load its session, or store what it changed. */
            STORE
        }
    }
}
