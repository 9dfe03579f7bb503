package io.quarkiverse.imsession.runtime;

import jakarta.enterprise.event.Event;

import io.quarkiverse.imsession.SessionEvent;

/** Fires events, if anybody observes them: asynchronously, so no response waits for an observer. */
final class SessionEvents {

    private final Event<SessionEvent> event;
    private final boolean observed;

    SessionEvents(Event<SessionEvent> event, boolean observed) {
        this.event = event;
        this.observed = observed;
    }

    void fire(SessionEvent happened) {
        if (observed) {
            event.fireAsync(happened);
        }
    }
}
