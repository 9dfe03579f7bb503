package io.quarkiverse.imsession;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An entry of the journal of a user: what happened to one of the user's sessions, see {@link ImSessions#journal(String,
 * Object)}. It has neither the data of the session nor its token.
 *
 * @param time when it happened, by the clock of the store, in whole milliseconds
 * @param kind what happened
 * @param sessionId the session; it need not exist any more
 * @param cause the party that caused it
 * @param address the IP address of the client that caused it; empty if no client did, and unless {@code
 *        quarkus.imsession.client.record-address} is set
 * @param userAgent the {@code User-Agent} header of that client, up to 256 characters of it; empty if no client caused it, and
 *        unless {@code quarkus.imsession.client.record-user-agent} is set
 * @param actor the name of the user who acted in the session for its user, see {@link ImSession#actor()}; empty if nobody did
 */
public record JournalEntry(Instant time, Kind kind, SessionId sessionId, Cause cause, Optional<String> address,
        Optional<String> userAgent, Optional<String> actor) {

    public JournalEntry {
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(sessionId, "sessionId");
        Objects.requireNonNull(cause, "cause");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(userAgent, "userAgent");
        Objects.requireNonNull(actor, "actor");
    }

    /** What happened to a session. Later versions may have more kinds. */
    public enum Kind {
        /** The user got the session: by a log-in, or by a change of the field by which the journal is kept. */
        LOGGED_IN,
        /** Somebody else, whom {@link JournalEntry#actor()} names, began to act for the user in the session. */
        ACTED_FOR,
        /** The session got a new token: by a further log-in, by {@link ImSession#renew()}, or because of the token's age. */
        RENEWED,
        /**
         * A client was refused that has a token of the session, or had one: somebody may have a copy of it. The cause is {@link
         * Cause#REPLAY} if the token was replaced because of its age, and {@link Cause#DEVICE} if the client could not prove to
         * be the device of the session. Of each session, each is told about once an hour, so that nobody can fill the journal.
         */
        REFUSED,
        /** The session ended, or the user lost it: by a log-out, or by a change of the field by which the journal is kept. */
        ENDED
    }

    /** The party that caused what happened. Later versions may have more causes. */
    public enum Cause {
        /** A request of the session's client. */
        REQUEST,
        /** Time: the token was old, and a request of the session's client got a new one. */
        TIME,
        /** The application, with {@link ImSessions} or {@link ReactiveImSessions}. */
        ADMINISTRATION,
        /** The provider of OpenID Connect has logged the user out. */
        PROVIDER,
        /** A newer session: {@code quarkus.imsession.references."<field>".max-sessions} did not allow both. */
        LIMIT,
        /** A superseded token came back; {@code quarkus.imsession.destroy-on-replay} decides whether that ends the session. */
        REPLAY,
        /** A client that has the token of the session, but could not prove to be the device to which the session is bound. */
        DEVICE,
        /** The extension: the token of the session never reached its client. */
        ABANDONED
    }
}
