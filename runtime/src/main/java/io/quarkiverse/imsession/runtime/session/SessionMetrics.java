package io.quarkiverse.imsession.runtime.session;

import java.util.Locale;
import java.util.function.LongSupplier;

import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.runtime.device.DeviceHeaders.Skipped;

/**
 * Counts and measures events of sessions. Called for each request, on any thread: implementations must neither block nor throw.
 * By default methods do nothing.
 */
public interface SessionMetrics {

    /** Does nothing, for applications without metrics. */
    SessionMetrics NONE = new SessionMetrics() {
    };

    /** The outcome of looking for the session of a request. */
    enum Load {
        /** The request has a session. */
        FOUND,
        /** The request has no token, so the store is not asked. */
        NONE,
        /** The token was refused. */
        REJECTED,
        /** The store failed. */
        FAILED
    }

    /** The outcome of a commit. */
    enum Outcome {
        /** The change was stored. */
        STORED,
        /** Nothing was stored: a timed renewal came too late. */
        SKIPPED,
        /**
         * Nothing was stored, and the client was told so: the session ended, got another token or grew too large meanwhile, or
         * the request has no sure session.
         */
        CONFLICT,
        /** Nothing was stored, as a limit on sessions was reached, and the client was told so. */
        LIMIT,
        /** The store failed. */
        FAILED
    }

    /** An operation of a store. */
    enum Operation {
        LOAD,
        CREATE,
        UPDATE,
        CONFIRM,
        DESTROY,
        REPLACE,
        FIND,
        DESTROY_ALL,
        CLAIM,
        JOURNAL;

        /** The verb for messages. */
        String verb() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** The outcome of a request of a browser for a new bound cookie. */
    enum Refresh {
        /** It got one. */
        REFRESHED,
        /** It has to sign a challenge first. */
        CHALLENGED,
        /** Its session has ended, or is not bound to a device. */
        OVER,
        /** Its proof was refused. */
        REFUSED
    }

    default void refreshed(Refresh outcome) {
    }

    /** @param reason the reason why a browser has sent a request without the bound cookie of its session */
    default void skipped(Skipped.Reason reason) {
    }

    /** A proof of a device was given up, as too many others waited for their signatures to be verified. */
    default void proofGivenUp() {
    }

    default void loaded(Load result) {
    }

    /** @param hit whether the session of a request was known without asking the store */
    default void near(boolean hit) {
    }

    default void committed(CommitAction action, Outcome outcome) {
    }

    /** The changes of a request were made again, as another request had changed what they depend on. */
    default void repeated() {
    }

    default void happened(SessionEvent event) {
    }

    /** An event was told to no observer, or not found out, as too many others waited for that. */
    default void dropped() {
    }

    /** An entry of the journal was lost: the store has failed, or too many entries waited for it. */
    default void journalLost() {
    }

    /** @param failed whether the store failed; a refusal is no failure */
    default void called(Operation operation, long nanos, boolean failed) {
    }

    /** The store tells what it has {@link #cleaned} and {@link #retried}. Called once, before those. */
    default void storeCounts() {
    }

    /**
     * Expired sessions were removed from a store that does not forget them by itself.
     *
     * @param count how many
     */
    default void cleaned(long count) {
    }

    /** A store has sent something again, for example as it had lost its connection. */
    default void retried() {
    }

    /** @param bytes the size of the data of a session that was stored */
    default void stored(long bytes) {
    }

    /** @param count returns the number of sessions, at little cost */
    default void active(LongSupplier count) {
    }
}
