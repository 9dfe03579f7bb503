package io.quarkiverse.imsession.runtime.session;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.spi.SessionToken;

/** The change that a response makes to the token of its client after a commit. */
public sealed interface CommitResult {

    /** Leaves the client its token. */
    CommitResult KEEP = new Keep();

    /** The result of this commit and a later one of the same request. */
    default CommitResult and(CommitResult later) {
        if (later instanceof Keep) {
            return this;
        }
        return this instanceof Send first && later instanceof Send last && last.onlyCopy() == null
                ? new Send(last.token(), last.maxAge(), first.onlyCopy())
                : later;
    }

    /**
     * Sends a token.
     *
     * @param token the token as text; must not be logged
     * @param maxAge how long the session lives if it is not used again
     * @param onlyCopy the same token if the session cannot be used without it, else null
     */
    record Send(String token, Duration maxAge, @Nullable SessionToken onlyCopy) implements CommitResult {

        @Override
        public String toString() {
            return "Send[maxAge=" + maxAge + "]";
        }
    }

    /** Tells the client to forget its token. */
    record Remove() implements CommitResult {
    }

    /** Leaves the client its token. */
    record Keep() implements CommitResult {
    }
}
