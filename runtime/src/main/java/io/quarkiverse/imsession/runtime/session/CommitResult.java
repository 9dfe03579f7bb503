package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.spi.SessionToken;

/** Tells what a response does with the token of its client after a commit. */
public sealed interface CommitResult {

    /**
     * It sends a token.
     *
     * @param token the token as text; must not be logged
     * @param maxAge how long the session lives if it is not used again
     * @param onlyCopy the same token if nobody could use the session without it, else null
     */
    record Send(String token, Duration maxAge, @Nullable SessionToken onlyCopy) implements CommitResult {

        @Override
        public String toString() {
            return "Send[maxAge=" + maxAge + "]";
        }
    }

    /** It tells the client to forget its token. */
    record Remove() implements CommitResult {
    }

    /** It leaves the client its token. */
    record Keep() implements CommitResult {
    }
}
