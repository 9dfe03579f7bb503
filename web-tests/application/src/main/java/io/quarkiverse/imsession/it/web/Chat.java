package io.quarkiverse.imsession.it.web;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;

/** A WebSocket that reads the session, and tries to change it. */
@WebSocket(path = "/chat")
public class Chat {

    private final ImSession session;

    Chat(ImSession session) {
        this.session = session;
    }

    @OnOpen
    String open() {
        return "Hello " + name();
    }

    @OnTextMessage
    String message(String message) {
        try {
            session.update(data -> data.with("name", message));
            return "changed";
        } catch (SessionCommittedException e) {
            return name() + ": " + message;
        }
    }

    private String name() {
        return session.data().get("name", String.class).orElse("stranger");
    }
}
