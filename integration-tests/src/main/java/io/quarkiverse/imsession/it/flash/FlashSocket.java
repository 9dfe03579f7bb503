package io.quarkiverse.imsession.it.flash;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.smallrye.mutiny.Uni;

/** Reads a value by its name, and stores that it was read if the name ends with an exclamation mark. */
@WebSocket(path = "/flash/socket")
public class FlashSocket {

    private final ImSession session;

    FlashSocket(ImSession session) {
        this.session = session;
    }

    @OnTextMessage
    Uni<String> show(String message) {
        String shown = FlashPages.show(session, message.replace("!", ""));
        return message.endsWith("!") ? session.commit().replaceWith(shown) : Uni.createFrom().item(shown);
    }
}
