package io.quarkiverse.imsession.it.layers;

import jakarta.enterprise.event.Observes;

import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.vertx.ext.web.Router;

/** A WebSocket whose handshake changes the session. */
@WebSocket(path = WebSocketLayer.PATH)
public class WebSocketLayer {

    static final String PATH = "/layers/websocket";

    static void beforeHandshake(@Observes Router router) {
        router.route(PATH).order(-1).handler(context -> {
            Counter.next(context);
            context.next();
        });
    }

    @OnTextMessage
    String echo(String message) {
        return message;
    }
}
