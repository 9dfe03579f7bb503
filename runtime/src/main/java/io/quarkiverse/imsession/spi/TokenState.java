package io.quarkiverse.imsession.spi;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a store keeps of a session's tokens, and the rules for which of them are valid.
 *
 * @param current the hash of the newest token
 * @param previous the hash of the token that a timed renewal superseded, or null
 * @param graceEnds until when {@code previous} is valid in any case; null if there is no previous
 * @param seen whether the current token came back from the client: false only after a timed renewal
 */
public record TokenState(TokenHash current, @Nullable TokenHash previous, @Nullable Instant graceEnds, boolean seen) {

    /** What a presented token is worth. */
    public enum Check {
        /** The newest token. */
        CURRENT,
        /** Superseded by a timed renewal a moment ago: parallel requests still hold it. */
        IN_GRACE,
        /** Superseded, but the response with its successor was lost: nobody ever used that. */
        SUCCESSOR_LOST,
        /** Superseded, and its successor has been used: a copy of an old token. */
        REPLAYED,
        /** Never was a token of this session, or is one no more. */
        WRONG;

        /** Whether a client with such a token has the session. */
        public boolean isValid() {
            return this == CURRENT || this == IN_GRACE || this == SUCCESSOR_LOST;
        }
    }

    /** The state of a new session, and of one that was renewed explicitly: no other token is valid. */
    public static TokenState only(TokenHash current) {
        return new TokenState(current, null, null, true);
    }

    /** What a presented token is worth at a time of the store's clock. */
    public Check check(TokenHash presented, Instant now) {
        if (current.matches(presented)) {
            return Check.CURRENT;
        }
        if (previous == null || !previous.matches(presented)) {
            return Check.WRONG;
        }
        if (graceEnds != null && now.isBefore(graceEnds)) {
            return Check.IN_GRACE;
        }
        return seen ? Check.REPLAYED : Check.SUCCESSOR_LOST;
    }

    /** The state once the current token came back from the client. */
    public TokenState confirmed() {
        return seen ? this : new TokenState(current, previous, graceEnds, true);
    }

    /** The state after a timed renewal by a client that presented a valid token. */
    public TokenState rotated(TokenHash presented, TokenHash next, Instant graceEnds) {
        return new TokenState(next, presented, graceEnds, false);
    }
}
