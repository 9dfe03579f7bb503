package io.quarkiverse.imsession.runtime.websockets;

import java.util.Collections;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.config.ImSessionConfig;
import io.quarkiverse.imsession.runtime.config.WebSocketsConfig;
import io.quarkiverse.imsession.runtime.log.Failures;
import io.quarkiverse.imsession.runtime.session.GuardedStore;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkiverse.imsession.runtime.session.SessionEndListener;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.Closed;
import io.quarkus.websockets.next.Open;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.Vertx;

/**
 * The open sockets of sessions, which are closed when their session ends. {@link #ended} is called for each end in this
 * instance. The store is checked for sessions that have ended in another instance or have expired: periodically, and when it
 * tells that a session has changed.
 */
@Singleton
public class SessionSockets implements SessionEndListener {

    private static final Logger LOG = Logger.getLogger("io.quarkiverse.imsession");

    /** Policy violation, as Quarkus closes a socket whose authentication has expired: clients need not try again. */
    private static final CloseReason ENDED = new CloseReason(1008, "Session ended");
    private static final long NO_TIMER = -1;
    private static final long SWEEP_MILLIS = 10;
    private static final long FEWEST_OF_SWEEP = 10;

    private final ConcurrentMap<SessionId, Sockets> sessions = new ConcurrentHashMap<>();
    private final GuardedStore store;
    private final WebSocketsConfig config;
    private final Vertx vertx;
    /** The sessions that are still to be checked when any may have changed. Guarded by {@link #sessions}, as their timer. */
    private Iterator<SessionId> unchecked = Collections.emptyIterator();
    private long sweep = NO_TIMER;

    SessionSockets(GuardedStore store, ImSessionConfig config, Vertx vertx) {
        this.store = store;
        this.config = config.websockets();
        this.vertx = vertx;
    }

    void opened(@ObservesAsync @Open WebSocketConnection connection) {
        SessionId id = sessionOf(connection);
        if (id == null) {
            return;
        }
        sessions.compute(id, (key, open) -> {
            Sockets sockets = open != null ? open : new Sockets(timer(id), ConcurrentHashMap.newKeySet());
            sockets.connections.add(connection);
            return sockets;
        });
        if (connection.isClosed()) {
            // The socket may already have been closed.
            forget(id, connection);
        } else {
            // The session may have ended since it was loaded.
            check(id);
        }
    }

    void closed(@ObservesAsync @Closed WebSocketConnection connection) {
        RequestSession session = Handshake.sessionOf(connection);
        if (session != null) {
            session.logUncommitted();
        }
        SessionId id = sessionOf(connection);
        if (id != null) {
            forget(id, connection);
        }
    }

    @Override
    public void ended(SessionId id) {
        Sockets sockets = sessions.remove(id);
        if (sockets != null) {
            vertx.cancelTimer(sockets.timer);
            sockets.connections.forEach(connection -> close(id, connection));
        }
    }

    @Override
    public void changed(SessionId id) {
        if (sessions.containsKey(id)) {
            check(id);
        }
    }

    /** Checks all sessions within the interval of checks at most, a thousand in a second if that is enough. */
    @Override
    public void anyMayHaveChanged() {
        synchronized (sessions) {
            unchecked = sessions.keySet().iterator();
            if (sweep == NO_TIMER && unchecked.hasNext()) {
                sweep = vertx.setPeriodic(SWEEP_MILLIS, timer -> checkSome());
            }
        }
    }

    private void checkSome() {
        long interval = config.checkInterval().toMillis();
        long ticks = interval == 0 ? Long.MAX_VALUE : Math.max(1, interval / SWEEP_MILLIS);
        long most = Math.max(FEWEST_OF_SWEEP, sessions.size() / ticks + 1);
        synchronized (sessions) {
            for (long i = 0; i < most && unchecked.hasNext(); i++) {
                check(unchecked.next());
            }
            if (!unchecked.hasNext()) {
                vertx.cancelTimer(sweep);
                sweep = NO_TIMER;
            }
        }
    }

    @PreDestroy
    void stop() {
        sessions.values().forEach(sockets -> vertx.cancelTimer(sockets.timer));
        synchronized (sessions) {
            unchecked = Collections.emptyIterator();
            vertx.cancelTimer(sweep);
            sweep = NO_TIMER;
        }
    }

    /** The number of sessions that have sockets; for tests. */
    public int size() {
        return sessions.size();
    }

    private @Nullable SessionId sessionOf(WebSocketConnection connection) {
        Handshake handshake = config.closeOnEnd() ? Handshake.of(connection) : null;
        return handshake == null ? null : handshake.id();
    }

    private long timer(SessionId id) {
        return config.checkInterval().isZero() ? NO_TIMER
                : vertx.setPeriodic(config.checkInterval().toMillis(), timer -> check(id));
    }

    private void check(SessionId id) {
        Sockets sockets = sessions.get(id);
        if (sockets == null) {
            return;
        }
        // Quarkus reports no event for sockets that are closed while they are opened.
        sockets.connections.stream().filter(WebSocketConnection::isClosed).forEach(closed -> forget(id, closed));
        store.load(id, Set.of()).whenComplete((stored, failure) -> {
            if (failure != null) {
                LOG.debugf("It is not known whether session %s, which has WebSockets, still exists: %s", id,
                        Failures.describe(failure));
            } else if (stored == null || stored.isReplaced()) {
                ended(id);
            }
        });
    }

    private void forget(SessionId id, WebSocketConnection connection) {
        sessions.computeIfPresent(id, (key, sockets) -> {
            sockets.connections.remove(connection);
            if (!sockets.connections.isEmpty()) {
                return sockets;
            }
            vertx.cancelTimer(sockets.timer);
            return null;
        });
    }

    private static void close(SessionId id, WebSocketConnection connection) {
        Handshake handshake = Handshake.of(connection);
        if (handshake != null) {
            // Quarkus reports a connection before it can be closed.
            handshake.afterwards(() -> closeIfOpen(id, connection));
        }
    }

    private static void closeIfOpen(SessionId id, WebSocketConnection connection) {
        if (connection.isOpen()) {
            connection.close(ENDED).subscribe().with(
                    closed -> LOG.debugf("A WebSocket of session %s was closed, as the session has ended", id),
                    failure -> LOG.debugf("A WebSocket of session %s was closed already: %s", id,
                            Failures.describe(failure)));
        }
    }

    /**
     * @param timer the id of the timer that checks whether the session still exists
     * @param connections the open connections of the session
     */
    private record Sockets(long timer, Set<WebSocketConnection> connections) {
    }
}
