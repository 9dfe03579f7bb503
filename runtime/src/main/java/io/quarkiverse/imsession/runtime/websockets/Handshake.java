package io.quarkiverse.imsession.runtime.websockets;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.runtime.session.RequestSession;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;

/** The handshake that opened a connection. */
final class Handshake {

    private static final UserData.TypedKey<Handshake> KEY = new UserData.TypedKey<>(Handshake.class.getName());

    private final RequestSession session;
    private final Context context;
    private volatile @Nullable SessionId id;

    /**
     * @param session the session, which only commits on demand store from now on
     * @param context the context of the connection
     */
    private Handshake(RequestSession session, Context context) {
        this.session = session;
        this.context = context;
        this.id = session.id().orElse(null);
    }

    /** @param place the context of the handshake; the connection does not keep the objects of its request */
    static void keep(RequestSession session, Context place, UserData connection) {
        connection.put(KEY, new Handshake(session, VertxContext.getRootContext(place)));
    }

    /** The handshake of a connection; null if its path has no sessions. */
    static @Nullable Handshake of(WebSocketConnection connection) {
        return connection.userData().get(KEY);
    }

    /** The session of a connection; null if the path of its handshake has none. */
    static @Nullable RequestSession sessionOf(WebSocketConnection connection) {
        Handshake handshake = of(connection);
        return handshake == null ? null : handshake.session;
    }

    /** The id of the session, also if a callback of the connection has ended it; null if there was none. */
    @Nullable
    SessionId id() {
        // Checks of the application may have made a session after this was made.
        session.id().ifPresent(present -> id = present);
        return id;
    }

    /** Runs a task in the context of the connection, after the handshake. */
    void afterwards(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }
}
