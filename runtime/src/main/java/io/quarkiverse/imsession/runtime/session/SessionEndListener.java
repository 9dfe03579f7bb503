package io.quarkiverse.imsession.runtime.session;

import io.quarkiverse.imsession.SessionId;

/** A part of the extension that is told at once when a session ends, however busy the observers of the application are. */
public interface SessionEndListener {

    /** Called on any thread, also on an event loop: it neither blocks nor throws. */
    void ended(SessionId id);
}
