package io.quarkiverse.imsession.runtime;

import jakarta.enterprise.event.Event;

import io.quarkiverse.imsession.SessionEvent;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Fires events, if anybody observes them: asynchronously, so no response waits for an observer. */
final class SessionEvents {

    private final Event<SessionEvent> event;
    private final boolean observed;

    SessionEvents(Event<SessionEvent> event, boolean observed) {
        this.event = event;
        this.observed = observed;
    }

    void fire(SessionEvent happened) {
        if (!observed) {
            return;
        }
        Context context = Vertx.currentContext();
        if (context == null) {
            event.fireAsync(happened);
            return;
        }
        // CDI keeps its request context in the Vert.x context, which observers inherit. On that of the request they would end
        // the request context that the application is about to use.
        Context own = VertxContext.createNewDuplicatedContext(context);
        VertxContextSafetyToggle.setContextSafe(own, true);
        own.runOnContext(ignored -> event.fireAsync(happened));
    }
}
