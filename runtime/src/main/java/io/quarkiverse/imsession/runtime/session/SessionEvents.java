package io.quarkiverse.imsession.runtime.session;

import java.util.List;
import java.util.function.Consumer;

import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.Destroyed;

/** Tells metrics and the parts of the extension of each event at once, and observers of the application when they have time. */
public final class SessionEvents {

    /** Tells nobody. */
    public static final SessionEvents NONE = new SessionEvents(SessionMetrics.NONE, List.of(), event -> {
    });

    private final SessionMetrics metrics;
    private final Iterable<SessionEndListener> ends;
    private final Consumer<SessionEvent> observers;

    /**
     * @param ends asked for when a session ends, as the listeners may need the store, which tells of such ends
     * @param observers takes each event, and neither blocks nor throws
     */
    public SessionEvents(SessionMetrics metrics, Iterable<SessionEndListener> ends, Consumer<SessionEvent> observers) {
        this.metrics = metrics;
        this.ends = ends;
        this.observers = observers;
    }

    /** For what is too frequent to be an event. */
    SessionMetrics metrics() {
        return metrics;
    }

    public void fire(SessionEvent happened) {
        metrics.happened(happened);
        if (happened instanceof Destroyed destroyed) {
            ends.forEach(listener -> listener.ended(destroyed.id()));
        }
        observers.accept(happened);
    }
}
