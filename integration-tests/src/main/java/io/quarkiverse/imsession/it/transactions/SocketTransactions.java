package io.quarkiverse.imsession.it.transactions;

import jakarta.inject.Inject;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionException;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.smallrye.mutiny.Uni;

/** Sockets that store on demand what each message changes. */
final class SocketTransactions {

    private SocketTransactions() {
    }

    @WebSocket(path = "/transactions/sockets/event-loop")
    static class OnEventLoop {

        @Inject
        ImSession session;

        @OnTextMessage
        Uni<String> message(String message) {
            return Uni.createFrom().deferred(() -> answer(message)).onFailure(SessionException.class)
                    .recoverWithItem(Raise::failure);
        }

        private Uni<String> answer(String message) {
            return switch (message) {
                case "field", "record" -> {
                    Raise.one(session, message);
                    yield session.commit().replaceWith(message);
                }
                case "totals" -> Uni.createFrom().item(Raise.totals(session));
                default -> Raise.late(session, message);
            };
        }
    }

    @WebSocket(path = "/transactions/sockets/worker")
    static class OnWorker {

        @Inject
        ImSession session;

        @OnTextMessage
        String message(String message) {
            try {
                if (message.equals("ticket")) {
                    return Raise.ticketAndAwait(session);
                }
                Raise.one(session, message);
                session.commitAndAwait();
                return message;
            } catch (SessionException e) {
                return Raise.failure(e);
            }
        }
    }
}
