package io.quarkiverse.imsession.runtime.session;

import io.quarkiverse.imsession.SessionId;

/** What the extension itself has to do when a session ends: at once, however busy the observers of the application are. */
public interface SessionEndListener {

    /** Called on any thread, also on an event loop: it neither blocks nor throws. */
    void ended(SessionId id);
}
