package io.quarkiverse.imsession;

import java.time.Instant;
import java.util.Optional;

/**
 * An event of a session. Observe one of the records, or this type for all events, with
 * {@link jakarta.enterprise.event.ObservesAsync @ObservesAsync}. Observers get one event after the other, in order, on a
 * separate thread, and never delay a response. Up to 1,000 events wait for the observers; further events are dropped.
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
     * @param timed true if the token was replaced because of its age, false if the application called {@link ImSession#renew()}
     *        or logged a user in
     */
    record Renewed(SessionId id, boolean timed) implements SessionEvent {

        @Override
        public Optional<SessionId> sessionId() {
            return Optional.of(id);
        }
    }

    /**
     * A session has expired, as far as this instance of the application knows: it had the session in its near cache. A hint,
     * told by each such instance once.
     *
     * @param id the session that has expired
     */
    record Expired(SessionId id) implements SessionEvent {

        @Override
        public Optional<SessionId> sessionId() {
            return Optional.of(id);
        }
    }

    /**
     * A session was ended.
     *
     * @param id the session that was ended
     * @param cause the party that ended it
     * @param principal the user that was logged in, see {@link ImSession#principal()}, as far as the request that ended the
     *        session knew it; always empty for {@link Cause#ADMINISTRATION}, {@link Cause#ABANDONED} and {@link Cause#LIMIT}
     */
    record Destroyed(SessionId id, Cause cause, Optional<String> principal) implements SessionEvent {

        /** The end of a session without a known user. */
        public Destroyed(SessionId id, Cause cause) {
            this(id, cause, Optional.empty());
        }

        @Override
        public Optional<SessionId> sessionId() {
            return Optional.of(id);
        }

        /** Leaves the principal out, as applications log events. */
        @Override
        public String toString() {
            return "Destroyed[id=" + id + ", cause=" + cause + "]";
        }

        /** The party that ended a session. */
        public enum Cause {
            /** The application, in a request of the session: with {@link ImSession#destroy()}, or a log-in of another user. */
            REQUEST,
            /** The application, with {@link ImSessions} or {@link ReactiveImSessions}. */
            ADMINISTRATION,
            /** A superseded token came back, and {@code quarkus.imsession.destroy-on-replay} is set. */
            REPLAY,
            /** The extension: the token of the session never reached its client, so the session could not be used. */
            ABANDONED,
            /** A newer session: {@code quarkus.imsession.references."<field>".max-sessions} did not allow both. */
            LIMIT
        }
    }

    /**
     * A user began to act for another one, see {@link ImSession#actAs(String, java.util.Set, String)}. {@link Renewed}
     * tells of the new token before.
     *
     * @param id the session in which the user acts
     * @param actor the name of the user who acts
     * @param user the name of the user for whom
     * @param reason the reason that the application has given: one line of plain text, but as users have written it
     * @param until when the session ends at the latest, by the store's clock; no event tells of that
     */
    record ActingBegan(SessionId id, String actor, String user, String reason, Instant until) implements SessionEvent {

        @Override
        public Optional<SessionId> sessionId() {
            return Optional.of(id);
        }

        /** Leaves the names and the reason out, as applications log events. */
        @Override
        public String toString() {
            return "ActingBegan[id=" + id + ", until=" + until + "]";
        }
    }

    /**
     * A user acts for another one no more, as a request has ended the session: by {@link ImSession#endActing()}, by
     * {@link ImSession#destroy()} or by a log-in. {@link Destroyed} tells of that, too, and alone if {@link ImSessions} has
     * ended the session.
     *
     * @param id the session in which the user has acted
     * @param actor the name of the user who has acted
     * @param user the name of the user for whom; empty if a change of the data has logged that user out before
     */
    record ActingEnded(SessionId id, String actor, String user) implements SessionEvent {

        @Override
        public Optional<SessionId> sessionId() {
            return Optional.of(id);
        }

        /** Leaves the names out, as applications log events. */
        @Override
        public String toString() {
            return "ActingEnded[id=" + id + "]";
        }
    }

    /**
     * A user has logged in from a client that no other living session of the user resembles, with {@code
     * quarkus.imsession.notices.enabled}: for a mail that asks whether that was the user. Browser, system and network of the
     * address are compared, as far as sessions record them, so it is a hint and no proof. It is told after the log-in was
     * stored.
     *
     * @param id the session that the user has logged in to
     * @param principal the name of the user
     * @param loggedInAt the time of the log-in, by the clock of the store
     * @param client the client, as far as it is recorded
     * @param first whether the user has no other session, so that there was nothing to compare with
     * @param link the path and the query of a page that ends this session, to be put behind the address of the application. It
     *        works once, in any browser, without a log-in, for {@code quarkus.imsession.notices.link-lifetime}. Whoever has it
     *        can end the session, and nothing else
     */
    record NewClient(SessionId id, String principal, Instant loggedInAt, SessionClient client, boolean first,
            String link) implements SessionEvent {

        @Override
        public Optional<SessionId> sessionId() {
            return Optional.of(id);
        }

        /** Leaves user, client and link out, as applications log events. */
        @Override
        public String toString() {
            return "NewClient[id=" + id + ", loggedInAt=" + loggedInAt + ", first=" + first + "]";
        }
    }

    /**
     * A token was refused. The request went on without a session.
     *
     * @param id the session that the token names; empty if it is malformed. If the request has several tokens and none of
     *        them is valid, one of them is reported
     * @param reason the reason of the refusal
     */
    record Rejected(Optional<SessionId> id, Reason reason) implements SessionEvent {

        @Override
        public Optional<SessionId> sessionId() {
            return id;
        }

        /** The reason why a token was refused. */
        public enum Reason {
            /**
             * The text is no token, is too long, or no key verifies its signature; or the request has several tokens, and more
             * than one of them is valid.
             */
            MALFORMED,
            /** There is no such session: it never existed, has ended, or has expired and was removed from the store. */
            UNKNOWN,
            /**
             * The session has expired, but is still in the store, because {@code quarkus.imsession.absolute-timeout} was
             * lowered.
             */
            EXPIRED,
            /** The session exists, but the token has another secret. */
            WRONG_SECRET,
            /**
             * The application replaced the token a moment ago, for example by a log-in. Most likely the request was sent in
             * parallel.
             */
            SUPERSEDED,
            /** The token was replaced because of its age, and its successor was used after the grace period ended. */
            REPLAYED,
            /**
             * The session is bound to a device, and the request did not come from it, or not any more: it has no valid bound
             * cookie. Somebody may have a copy of the token, or the browser could not renew the bound cookie.
             */
            DEVICE
        }
    }

    /**
     * A session was bound to the device of its browser, which has registered a key for it.
     *
     * @param id the session
     */
    record DeviceBound(SessionId id) implements SessionEvent {

        @Override
        public Optional<SessionId> sessionId() {
            return Optional.of(id);
        }
    }

    /**
     * A client could not prove that it is the device of a session: it wanted to register a key, or to get a new bound cookie,
     * and got neither. The session stays as it is.
     *
     * @param id the session that the client named; empty if it named none
     * @param reason the reason of the refusal
     */
    record ProofRefused(Optional<SessionId> id, Reason reason) implements SessionEvent {

        @Override
        public Optional<SessionId> sessionId() {
            return id;
        }

        /** The reason why a proof was refused. */
        public enum Reason {
            /**
             * The session has not offered this registration, or too long ago, or a key is registered already: only the browser
             * that gets the response to a log-in can register, once, within two minutes.
             */
            OFFER,
            /** The proof is malformed or too large, its key or algorithm is not allowed, or its signature is wrong. */
            PROOF
        }
    }

    /**
     * A request was refused. None of its changes was stored, and its client got no session cookie.
     *
     * @param id the session that the request came with; empty if it had none
     * @param reason the reason of the refusal
     */
    record Refused(Optional<SessionId> id, Reason reason) implements SessionEvent {

        @Override
        public Optional<SessionId> sessionId() {
            return id;
        }

        /** The reason why a request was refused. */
        public enum Reason {
            /** The request comes from another site. */
            ORIGIN,
            /** The request has no CSRF token of its session. */
            TOKEN,
            /** Another request ended or renewed the session meanwhile. */
            CONFLICT,
            /** Another request stored so much meanwhile that the session would become too large. */
            SIZE,
            /** The session would be one more than {@code quarkus.imsession.references."<field>".max-sessions} allows. */
            LIMIT,
            /** The store failed to load the session or to store its changes. */
            STORE,
            /** The path needs a session that is bound to a device, see {@code quarkus.imsession.device-bound.required-for}. */
            DEVICE
        }
    }
}
