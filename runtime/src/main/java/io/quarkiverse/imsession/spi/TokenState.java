package io.quarkiverse.imsession.spi;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a store keeps of a session's tokens, and the rules for which of them are valid.
 *
 * @param current the hash of the newest token
 * @param previous the hash of the token that {@code current} replaced, or null
 * @param dropped the hash of a second token that {@code current} made invalid, or null: the successor that was given up as
 *        lost, or the token before {@code previous}
 * @param graceEnds until when {@code previous} and {@code dropped} are known in any case; null if there is no previous
 * @param kind how they were replaced, and what came of it
 * @param revoked the version of the session at its last renewal on the wish of the application, 0 if there was none: a request
 *        that
 *        loaded an earlier one has lost the session
 */
public record TokenState(TokenHash current, @Nullable TokenHash previous, @Nullable TokenHash dropped,
        @Nullable Instant graceEnds, Kind kind, long revoked) {

    /** How a token was replaced. */
    public enum Kind {
        /**
         * By its age, and the client is not known to have kept its successor: nobody has used that since the grace period
         * ended. A response may have been lost, or a browser was killed before it wrote its cookies to disk, which takes half a
         * minute.
         */
        UNSETTLED,
        /** By its age, and the successor was used after the grace period. Also the kind of a session with one token only. */
        SETTLED,
        /** On the wish of the application, as at a log-in: no replaced token is valid any more. */
        REVOKED
    }

    /** What a presented token is worth. */
    public enum Check {
        /** The newest token. */
        CURRENT,
        /** Superseded by a timed renewal a moment ago: parallel requests still hold it. */
        IN_GRACE,
        /** Superseded by a timed renewal, but its client has not kept the successor, see {@link Kind#UNSETTLED}. */
        SUCCESSOR_LOST,
        /**
         * Replaced on the wish of the application a moment ago. It is not valid, but its holder most likely is the client of
         * the session: a parallel request. So it must not make a session whose cookie would overwrite that of the new token.
         */
        REPLACED,
        /** Superseded, and its successor has been used long after: a copy of an old token. */
        REPLAYED,
        /** Never was a token of this session, or is not known any more. */
        WRONG;

        /** Whether a client with such a token has the session. */
        public boolean isValid() {
            return this == CURRENT || this == IN_GRACE || this == SUCCESSOR_LOST;
        }
    }

    /** The state of a new session: no other token is valid. */
    public static TokenState only(TokenHash current) {
        return new TokenState(current, null, null, null, Kind.SETTLED, 0);
    }

    /** What a token is worth that is presented now, by the store's clock. */
    public Check check(TokenHash presented, Instant now) {
        if (current.matches(presented)) {
            return Check.CURRENT;
        }
        boolean isPrevious = previous != null && previous.matches(presented);
        if (!isPrevious && (dropped == null || !dropped.matches(presented))) {
            return Check.WRONG;
        }
        boolean inGrace = graceEnds != null && now.isBefore(graceEnds);
        if (kind == Kind.REVOKED) {
            return inGrace ? Check.REPLACED : Check.WRONG;
        }
        return inGrace ? Check.IN_GRACE : isPrevious && kind == Kind.UNSETTLED ? Check.SUCCESSOR_LOST : Check.REPLAYED;
    }

    /**
     * What a token is worth now, by the store's clock, that was valid when its request came: {@link Check#WRONG} after a
     * renewal on purpose, else the request may finish.
     */
    public Check check(Presented presented, Instant now) {
        if (current.matches(presented.token())) {
            return Check.CURRENT;
        }
        if (presented.version() < revoked) {
            return Check.WRONG;
        }
        return check(presented.token(), now) == Check.SUCCESSOR_LOST ? Check.SUCCESSOR_LOST : Check.IN_GRACE;
    }

    /** Whether the use of the current token at a time proves that the client has kept it, which is not known yet. */
    public boolean settlesAt(Instant time) {
        return kind == Kind.UNSETTLED && graceEnds != null && !time.isBefore(graceEnds);
    }

    /** The state once the current token came back from the client at a time. */
    public TokenState usedAt(Instant time) {
        return settlesAt(time) ? new TokenState(current, previous, dropped, graceEnds, Kind.SETTLED, revoked) : this;
    }

    /** The state after a timed renewal by a client that presented the current token, or one whose successor was lost. */
    public TokenState rotated(TokenHash presented, TokenHash next, Instant newGraceEnds) {
        return new TokenState(next, presented, current.matches(presented) ? null : current, newGraceEnds, Kind.UNSETTLED,
                revoked);
    }

    /**
     * The state after a renewal that the application asked for. The token before the current one stays known too, unless an
     * earlier renewal of that kind made it invalid and its grace is over.
     *
     * @param now the time of the renewal
     * @param grace how long the replaced tokens are known
     * @param version the version of the session from now on
     */
    public TokenState renewed(TokenHash next, Instant now, Duration grace, long version) {
        boolean isForgotten = kind == Kind.REVOKED && graceEnds != null && !now.isBefore(graceEnds);
        return new TokenState(next, current, isForgotten ? null : previous, now.plus(grace), Kind.REVOKED, version);
    }
}
