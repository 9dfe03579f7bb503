package io.quarkiverse.imsession.docs;

import jakarta.inject.Inject;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;

// tag::class[]
@WebSocket(path = "/chat")
public class Chat {

    @Inject
    ImSession session;

    @OnOpen
    String greet() {
        return "Hello " + name();
    }

    @OnTextMessage(broadcast = true)
    String say(String text) {
        return name() + ": " + text;
    }

    private String name() {
        return session.principal().orElse("stranger");
    }
}
// end::class[]
