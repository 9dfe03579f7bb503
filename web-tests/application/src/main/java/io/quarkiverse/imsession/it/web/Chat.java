package io.quarkiverse.imsession.it.web;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.smallrye.mutiny.Uni;

/** A WebSocket that changes the session. */
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
    Uni<String> message(String message) {
        String before = name();
        session.update(data -> data.with("name", message));
        return session.commit().map(data -> before + " is now " + name());
    }

    private String name() {
        return session.data().get("name", String.class).orElse("stranger");
    }
}
