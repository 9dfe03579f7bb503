package io.quarkiverse.imsession.it.demo;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;

/** Tells a page who is logged in, as long as they are: the socket is closed when the session ends. */
@WebSocket(path = "/api/presence")
public class Presence {

    private final ImSession session;

    Presence(ImSession session) {
        this.session = session;
    }

    @OnOpen
    String greet() {
        return "Hello " + name();
    }

    @OnTextMessage
    String say(String text) {
        return name() + ": " + text;
    }

    private String name() {
        return session.principal().orElse("stranger");
    }
}
