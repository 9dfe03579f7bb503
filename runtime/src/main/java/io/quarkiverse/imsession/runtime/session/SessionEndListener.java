package io.quarkiverse.imsession.runtime.session;

import io.quarkiverse.imsession.SessionId;

/** Learns at once that a session ended or may have changed, without waiting for the observers of the application. */
public interface SessionEndListener {

    /** Called on any thread, also on an event loop. Must neither block nor throw. */
    void ended(SessionId id);

    /** The store told that a session has changed, or has ended, maybe in another instance of the application. As above. */
    default void changed(SessionId id) {
    }

    /** Any session may have changed or ended without a call of the others. As above. */
    default void anyMayHaveChanged() {
    }
}
