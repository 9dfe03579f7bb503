package io.quarkiverse.imsession.it.flash;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;

/** Reads a value by its name. */
@WebSocket(path = "/flash/socket")
public class FlashSocket {

    private final ImSession session;

    FlashSocket(ImSession session) {
        this.session = session;
    }

    @OnTextMessage
    String show(String name) {
        return FlashPages.show(session, name);
    }
}
