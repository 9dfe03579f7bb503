package io.quarkiverse.imsession.runtime.session;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.JournalEntry.Cause;
import io.quarkiverse.imsession.SessionEvent;
import io.quarkiverse.imsession.SessionEvent.Destroyed;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.journal.SessionJournal;
import io.quarkiverse.imsession.spi.StoredSession;

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
    private @Nullable Consumer<SessionId> logIns;

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

    /**
     * Tells of log-ins from now on.
     *
     * @param told gets the session, and neither blocks nor throws; set before the first request
     */
    public void tellLogIns(Consumer<SessionId> told) {
        logIns = told;
    }

    /**
     * A session got a new token, and that is stored.
     *
     * @param stored what was stored with it: fields and attributes, by their names
     */
    void gotToken(SessionId id, Map<String, String> stored) {
        Consumer<SessionId> told = logIns;
        if (told != null && stored.containsKey(Attributes.LOGIN)) {
            told.accept(id);
        }
    }

    /**
     * Has the journal tell that a client was refused that has a token of a session, or had one.
     *
     * @param client makes the attributes of the client
     */
    void refused(SessionId id, StoredSession session, Cause cause, Supplier<Map<String, String>> client) {
        Acting acting = Acting.of(session.attributes());
        journal.refused(id, session.data(), cause, () -> Attributes.client(client.get()),
                acting == null ? null : acting.actor());
    }

    public void fire(SessionEvent happened) {
        metrics.happened(happened);
        if (happened instanceof Destroyed destroyed) {
            ends.forEach(listener -> listener.ended(destroyed.id()));
        }
        observers.accept(happened);
    }
}
