package io.quarkiverse.imsession.runtime;

import jakarta.enterprise.event.Event;

import io.quarkiverse.imsession.SessionEvent;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Tells metrics what happens, and observers, if there are any: asynchronously, so no response waits for an observer.
 */
final class SessionEvents {

    private final Event<SessionEvent> event;
    private final boolean observed;
    private final SessionMetrics metrics;

    SessionEvents(Event<SessionEvent> event, boolean observed) {
        this(event, observed, SessionMetrics.NONE);
    }

    SessionEvents(Event<SessionEvent> event, boolean observed, SessionMetrics metrics) {
        this.event = event;
        this.observed = observed;
        this.metrics = metrics;
    }

    /** For what is too frequent to be an event. */
    SessionMetrics metrics() {
        return metrics;
    }

    void fire(SessionEvent happened) {
        metrics.happened(happened);
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
