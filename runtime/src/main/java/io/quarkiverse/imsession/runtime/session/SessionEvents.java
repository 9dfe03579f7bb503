package io.quarkiverse.imsession.runtime.session;

import java.util.List;
import java.util.function.Consumer;

import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.runtime.journal.SessionJournal;

/**
 * Passes each event to the metrics and the listeners of the extension at once, and to the observers of the application in the
 * background.
 */
public final class SessionEvents {

    /** Passes events to no receiver. */
    public static final SessionEvents NONE = new SessionEvents(SessionMetrics.NONE, List.of(), event -> {
    });

    private final SessionMetrics metrics;
    private final Iterable<SessionEndListener> ends;
    private final Consumer<SessionEvent> observers;
    private final SessionJournal journal;

    /** Without a journal. */
    public SessionEvents(SessionMetrics metrics, Iterable<SessionEndListener> ends, Consumer<SessionEvent> observers) {
        this(metrics, ends, observers, SessionJournal.NONE);
    }

    /**
     * @param ends the listeners; iterated only when a session ends, as they may need the store, which itself reports ends
     * @param observers takes each event, and neither blocks nor throws
     */
    public SessionEvents(SessionMetrics metrics, Iterable<SessionEndListener> ends, Consumer<SessionEvent> observers,
            SessionJournal journal) {
        this.metrics = metrics;
        this.ends = ends;
        this.observers = observers;
        this.journal = journal;
    }

    /** The metrics, for occurrences that are too frequent to be events. */
    public SessionMetrics metrics() {
        return metrics;
    }

    /** The journal, which is told more of what happened than events have: whose session it is. */
    public SessionJournal journal() {
        return journal;
    }

    public void fire(SessionEvent happened) {
        metrics.happened(happened);
        if (happened instanceof Destroyed destroyed) {
            ends.forEach(listener -> listener.ended(destroyed.id()));
        }
        observers.accept(happened);
    }
}
