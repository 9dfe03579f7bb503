package io.quarkiverse.imsession.runtime.session;

import java.util.Locale;
import java.util.function.LongSupplier;

import io.quarkiverse.imsession.SessionEvent;

/**
 * Counts and times what happens. Called for each request, on any thread: implementations neither block nor throw. By default
 * they do nothing.
 */
public interface SessionMetrics {

    /** The metrics of applications that have none. */
    SessionMetrics NONE = new SessionMetrics() {
    };

    /** The outcome of looking for the session of a request. */
    enum Load {
        /** It has a session. */
        FOUND,
        /** The request has none. */
        NONE,
        /** It was refused. */
        REJECTED,
        /** The store could not be asked. */
        FAILED
    }

    /** The outcome of a commit. */
    enum Outcome {
        /** It was stored. */
        STORED,
        /** Nothing was stored: a renewal that the application had not asked for came too late. */
        SKIPPED,
        /** Nothing was stored, as the session ended or got another token meanwhile, and the client was told so. */
        CONFLICT,
        /** Nothing was stored, as there are as many sessions as a limit allows, and the client was told so. */
        LIMIT,
        /** The store failed. */
        FAILED
    }

    /** An operation of a store. */
    enum Operation {
        LOAD,
        CREATE,
        UPDATE,
        DESTROY,
        REPLACE,
        FIND,
        DESTROY_ALL;

        /** For messages. */
        String verb() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    default void loaded(Load result) {
    }

    default void committed(CommitAction action, Outcome outcome) {
    }

    default void happened(SessionEvent event) {
    }

    /** An event was told to no observer, as too many waited. */
    default void dropped() {
    }

    /** @param failed whether the store failed; what it refuses is no failure */
    default void called(Operation operation, long nanos, boolean failed) {
    }

    /** @param bytes the size of the data of a session that was stored */
    default void stored(long bytes) {
    }

    /** @param count tells how many sessions there are, at little cost */
    default void active(LongSupplier count) {
    }
}
