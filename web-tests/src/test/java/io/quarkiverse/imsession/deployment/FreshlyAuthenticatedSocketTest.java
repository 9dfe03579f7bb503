package io.quarkiverse.imsession.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.Index;
import org.junit.jupiter.api.Test;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;

class FreshlyAuthenticatedSocketTest {

    @Test
    void useOnASocketIsRefusedAndSaysWhatToAskInstead() throws IOException {
        ClassInfo socket = Index.of(Socket.class).getClassByName(Socket.class);
        for (AnnotationTarget target : new AnnotationTarget[] { socket, socket.firstMethod("pay") }) {
            assertThat(FreshlyAuthenticatedProcessor.check(target.declaredAnnotation(FreshlyAuthenticated.class), true,
                    name -> true)).get().asString().contains(Socket.class.getName(), "ask ImSession.isFresh(Duration)");
        }
    }

    @FreshlyAuthenticated("5M")
    @WebSocket(path = "/payments")
    static class Socket {

        @FreshlyAuthenticated("5M")
        @OnTextMessage
        String pay(String amount) {
            return amount;
        }
    }
}
