package io.quarkiverse.imsession.spi;

import java.time.Duration;
import java.time.Instant;

import io.quarkiverse.imsession.SessionId;

/**
 * A store that tells at once which sessions change, whoever changes them. With it, an application can keep sessions in its
 * memory between requests.
 */
public interface SessionChanges {

    /**
     * Begins to listen, and goes on until the application stops. Connects again by itself.
     *
     * @param listener is called by one thread at a time
     * @param maxSilence how long the listener goes without a sign of life; the store gives several in that time
     */
    void listen(Listener listener, Duration maxSilence);

    /** The time by the store's clock, without asking the store. */
    Instant now();

    /** Gets what changes in a store. */
    interface Listener {

        /** From now on each change is told, until {@link #lost}. Changes before were not. */
        void listening();

        /**
         * The store has told all changes up to a time.
         *
         * @param nanos the time by {@link System#nanoTime()}, for example when a sign of life was asked for that has come now;
         *        when it came says nothing about the changes that are still on their way
         */
        void alive(long nanos);

        /** A session was created, changed, destroyed or has expired. */
        void changed(SessionId id);

        /**
         * The same, from a store that also tells the version that the session has now; 0 if it has ended. Who has that version
         * already need not read it again.
         */
        default void changed(SessionId id, long version) {
            changed(id);
        }

        /** Any sessions may have changed. */
        void allChanged();

        /** Changes are no longer told. */
        void lost();
    }
}
