package io.quarkiverse.imsession.runtime.websockets;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.runtime.session.SessionOutsideRequest;
import io.quarkus.websockets.next.WebSocketConnection;
import io.quarkus.websockets.next.runtime.WebSocketConnectionBase;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** The session of the WebSocket whose callback is running. */
@Singleton
public class SocketSession implements SessionOutsideRequest {

    /**
     * The key under which Quarkus keeps the connection of a callback. The bean of the connection is not available once the
     * socket is closed, even to callbacks that are still running.
     */
    private static final String CONNECTION = WebSocketConnectionBase.class.getName();

    @Override
    public @Nullable ImSession current() {
        Context context = Vertx.currentContext();
        return context != null && VertxContext.isDuplicatedContext(context)
                && context.getLocal(CONNECTION) instanceof WebSocketConnection connection ? Handshake.sessionOf(connection)
                        : null;
    }
}
