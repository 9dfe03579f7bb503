package io.quarkiverse.imsession.runtime.websockets;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;

/**
 * The handshake that opened a connection.
 *
 * @param session the session as it was then. It can only be read
 * @param context where the connection lives
 */
record Handshake(ImSession session, Context context) {

    private static final UserData.TypedKey<Handshake> KEY = new UserData.TypedKey<>(Handshake.class.getName());

    /** @param place where the handshake is handled; what it keeps of that request is let go */
    static void keep(ImSession session, Context place, UserData connection) {
        connection.put(KEY, new Handshake(session, VertxContext.getRootContext(place)));
    }

    /** Null if the path of the handshake has no sessions. */
    static @Nullable Handshake of(WebSocketConnection connection) {
        return connection.userData().get(KEY);
    }

    /** The session of a connection; null if the path of its handshake has none. */
    static @Nullable ImSession sessionOf(WebSocketConnection connection) {
        Handshake handshake = of(connection);
        return handshake == null ? null : handshake.session;
    }

    /** Does something where the connection lives, after the handshake. */
    void afterwards(Runnable task) {
        context.runOnContext(ignored -> task.run());
    }
}
