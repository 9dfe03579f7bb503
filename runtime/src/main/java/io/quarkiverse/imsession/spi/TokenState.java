package io.quarkiverse.imsession.spi;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of a session, as a store keeps them, and the rules by which they are valid.
 *
 * @param current the hash of the newest token
 * @param previous the hash of the token that {@code current} replaced, or null
 * @param dropped the hash of a second token that {@code current} made invalid, or null: a successor that was lost, or the token
 *        before {@code previous}
 * @param graceEnds the time until which {@code previous} and {@code dropped} are known in any case; null if there is no
 *        previous token
 * @param kind how {@code previous} was replaced, and whether the client has its successor
 * @param revoked the version of the session at its last renewal by the application, 0 if there was none; a request that loaded
 *        an earlier version can no longer change the session
 */
public record TokenState(TokenHash current, @Nullable TokenHash previous, @Nullable TokenHash dropped,
        @Nullable Instant graceEnds, Kind kind, long revoked) {

    /** The way in which a token was replaced. */
    public enum Kind {
        /**
         * A timed renewal replaced it, and the successor was not used since the grace period ended. So it is not certain that
         * the client has the successor: the response may have been lost, or the browser was killed before it wrote its cookies
         * to disk, which takes half a minute.
         */
        UNSETTLED,
        /**
         * A timed renewal replaced it, and the successor was used after the grace period. Also for a session with only one
         * token.
         */
        SETTLED,
        /** The application replaced it, for example at a log-in. No replaced token is valid any more. */
        REVOKED
    }

    /** The status of a presented token. */
    public enum Check {
        /** The newest token of the session. */
        CURRENT,
        /** A timed renewal replaced it a moment ago, so parallel requests may still carry it. */
        IN_GRACE,
        /** A timed renewal replaced it, but its client did not keep the successor, see {@link Kind#UNSETTLED}. */
        SUCCESSOR_LOST,
        /**
         * The application replaced it a moment ago. It is not valid, but most likely a parallel request of the same client
         * carries it. So this request must not make a session, whose cookie would overwrite that of the new token.
         */
        REPLACED,
        /** A timed renewal replaced it, and its successor was used after the grace period: it is a copy of an old token. */
        REPLAYED,
        /** It never was a token of this session, or the store no longer knows it. */
        WRONG;

        /** Whether a client that presents such a token gets the session. */
        public boolean isValid() {
            return this == CURRENT || this == IN_GRACE || this == SUCCESSOR_LOST;
        }
    }

    /** The state of a new session: no other token is valid. */
    public static TokenState only(TokenHash current) {
        return new TokenState(current, null, null, null, Kind.SETTLED, 0);
    }

    /** The status of a token that is presented now, by the store's clock. */
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
     * The status of a token that was valid when its request came, now, by the store's clock: {@link Check#WRONG} if the
     * application has renewed the token since; otherwise the request may finish.
     */
    public Check check(Presented presented, Instant now) {
        if (current.matches(presented.token())) {
            return Check.CURRENT;
        }
        if (!isValid(presented)) {
            return Check.WRONG;
        }
        return check(presented.token(), now) == Check.SUCCESSOR_LOST ? Check.SUCCESSOR_LOST : Check.IN_GRACE;
    }

    /**
     * Whether a request whose token was valid when it came may finish. It may, whatever the time, unless the application has
     * renewed the token since. So a store can compare this in the same step in which it changes the session.
     */
    public boolean isValid(Presented presented) {
        return current.matches(presented.token()) || presented.version() >= revoked;
    }

    /** Whether it was uncertain that the client has the current token, and its use at this time proves that it has. */
    public boolean settlesAt(Instant time) {
        return kind == Kind.UNSETTLED && graceEnds != null && !time.isBefore(graceEnds);
    }

    /** The state after the client has used the current token at a time. */
    public TokenState usedAt(Instant time) {
        return settlesAt(time) ? new TokenState(current, previous, dropped, graceEnds, Kind.SETTLED, revoked) : this;
    }

    /** The state after a timed renewal by a client that presented the current token, or a token whose successor was lost. */
    public TokenState rotated(TokenHash presented, TokenHash next, Instant newGraceEnds) {
        return new TokenState(next, presented, current.matches(presented) ? null : current, newGraceEnds, Kind.UNSETTLED,
                revoked);
    }

    /**
     * The state after a renewal by the application. The token before the current one stays known too, unless an earlier renewal
     * by the application invalidated it and its grace period is over.
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
