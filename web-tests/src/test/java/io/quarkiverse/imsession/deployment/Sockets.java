package io.quarkiverse.imsession.deployment;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionCommittedException;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionValue;
import io.quarkiverse.imsession.runtime.http.SessionFilter;
import io.quarkiverse.imsession.spi.SessionStore;
import io.quarkus.arc.Arc;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Endpoints that tell what they see of the session, each on another kind of thread. */
final class Sockets {

    private Sockets() {
    }

    /** What a socket answers to the name of a field, a duration or the name of a mutation. */
    static String answer(ImSession session, String message) {
        try {
            switch (message) {
                case "id":
                    return session.id().map(SessionId::value).orElse("-");
                case "set":
                    session.set(SessionData.of("user", "eve"));
                    break;
                case "update":
                    session.update(data -> data.with("user", "eve"));
                    break;
                case "login":
                    session.login("eve", Set.of());
                    break;
                case "commit":
                    session.commit().subscribeAsCompletionStage();
                    return "committed";
                case "destroy":
                    session.destroy();
                    break;
                case "renew":
                    session.renew();
                    break;
                case "touch":
                    session.touch();
                    break;
                case "touchFor":
                    session.touch(Duration.ofDays(1));
                    break;
                case "label":
                    session.label("eve's");
                    break;
                default:
                    return message.startsWith("PT") ? "" + session.isFresh(Duration.parse(message))
                            : session.data().get(message, String.class).orElse("-");
            }
            return "changed";
        } catch (SessionCommittedException e) {
            return e.getMessage();
        }
    }

    @WebSocket(path = "/sockets/event-loop")
    static class OnEventLoop {

        @Inject
        ImSession session;

        @OnOpen
        Uni<String> open() {
            return Uni.createFrom().item(answer(session, "user"));
        }

        @OnTextMessage
        Uni<String> message(String message) {
            return Uni.createFrom().item(answer(session, message));
        }
    }

    @WebSocket(path = "/sockets/worker")
    static class OnWorker {

        @Inject
        ImSession session;

        @OnOpen
        String open() {
            return answer(session, "user");
        }

        @OnTextMessage
        String message(String message) {
            return answer(session, message);
        }
    }

    @WebSocket(path = "/sockets/stream")
    static class OnStream {

        @Inject
        ImSession session;

        /**
         * Quarkus drops a message that comes before its stream has a subscriber: so the client hears of the subscription first.
         */
        @OnTextMessage
        Multi<String> messages(Multi<String> messages) {
            return Multi.createBy().merging().streams(messages.map(message -> answer(session, message)),
                    Multi.createFrom().item(() -> answer(session, "user")));
        }
    }

    /** Ends its session while it is opened. */
    @WebSocket(path = "/sockets/ending")
    static class Ending {

        @Inject
        ImSession session;

        @OnOpen
        Uni<String> open() {
            session.destroy();
            return session.commit().replaceWith("-");
        }
    }

    @WebSocket(path = "/sockets/values")
    static class OfValues {

        @Inject
        @SessionValue("user")
        Instance<String> user;

        @OnOpen
        String open() {
            return user.get();
        }

        @OnTextMessage
        String message(String message) {
            return user.get();
        }
    }

    /** Looks at the session when Quarkus has already taken the connection away. */
    @WebSocket(path = "/sockets/late")
    static class Late {

        static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();

        @Inject
        ImSession session;

        @Inject
        WebSocketConnection connection;

        @OnTextMessage
        void message(String message) {
            connection.closeAndAwait();
            await().until(() -> !Arc.container().sessionContext().isActive());
            SEEN.add(answer(session, message));
        }
    }

    /** Its path has no sessions. */
    @WebSocket(path = "/sockets/excluded")
    static class Excluded {

        @Inject
        ImSession session;

        @OnOpen
        String open() {
            return answer(session, "user");
        }

        @OnError
        String error(IllegalStateException e) {
            return e.getMessage();
        }
    }

    /** Does to sessions during the upgrade what the query says, before all other checks. */
    @Singleton
    @Priority(Integer.MAX_VALUE)
    static class UpgradeCheck implements HttpUpgradeCheck {

        @Inject
        SessionStore store;

        @Override
        public Uni<CheckResult> perform(HttpUpgradeContext context) {
            ImSession session = SessionFilter.sessionOf(context.httpRequest());
            String query = context.httpRequest().query();
            if (session != null && "make".equals(query)) {
                session.set(SessionData.of("user", "newcomer"));
            } else if (session != null && "end".equals(query)) {
                return Uni.createFrom().completionStage(() -> store.destroy(session.id().orElseThrow()))
                        .replaceWith(CheckResult.permitUpgradeSync());
            } else if ("elsewhere".equals(query)) {
                return CheckResult.permitUpgrade().emitOn(task -> new Thread(task).start());
            }
            return CheckResult.permitUpgrade();
        }
    }
}
