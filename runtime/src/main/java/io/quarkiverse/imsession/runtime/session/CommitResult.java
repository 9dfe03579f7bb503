package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;

import io.quarkiverse.imsession.SessionLimitException;
import io.quarkiverse.imsession.runtime.session.SessionMetrics.Outcome;

/** What the client is to be told after a commit. */
public sealed interface CommitResult {

    /** For metrics. */
    default Outcome outcome() {
        return Outcome.STORED;
    }

    /**
     * The token to use from now on, and for how long.
     *
     * @param token the token as text; must not be logged
     */
    record Send(String token, Duration maxAge) implements CommitResult {

        @Override
        public String toString() {
            return "Send[maxAge=" + maxAge + "]";
        }
    }

    /** To forget its token. */
    record Remove() implements CommitResult {
    }

    /** Nothing. */
    record Quiet(Outcome outcome) implements CommitResult {
    }

    /** That its request could not be done: the session ended or its token was renewed meanwhile, and nothing was stored. */
    record Refused() implements CommitResult {

        @Override
        public Outcome outcome() {
            return Outcome.CONFLICT;
        }
    }

    /** That its request could not be done: with what others stored meanwhile, the session would be too large. */
    record TooLarge() implements CommitResult {

        @Override
        public Outcome outcome() {
            return Outcome.CONFLICT;
        }
    }

    /**
     * That its request could not be done: there are as many sessions as a limit allows, and nothing was stored.
     *
     * @param limit the one that was reached
     */
    record LimitReached(SessionLimitException limit) implements CommitResult {

        @Override
        public Outcome outcome() {
            return Outcome.LIMIT;
        }
    }
}
