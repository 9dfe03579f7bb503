package io.quarkiverse.imsession.docs;

import java.util.Set;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.smallrye.mutiny.Uni;

/** The code on the page "WebSockets". */
public final class SocketSamples {

    private SocketSamples() {
    }

    /** Changes the theme to what is said, and tells it. */
    @WebSocket(path = "/theme")
    public static class Theme {

        @Inject
        ImSession session;

        @Inject
        ReactiveImSessions sessions;

        @OnOpen
        Uni<String> open() {
            return currentTheme();
        }

        @OnTextMessage
        Uni<String> message(String theme) {
            return choose(theme).chain(this::keep).chain(this::currentTheme);
        }

        // tag::read[]
        Uni<String> currentTheme() {
            if (!session.exists()) {
                return Uni.createFrom().item("light");
            }
            return sessions.get(session.id().orElseThrow(), Set.of("theme"))
                    .map(found -> found.flatMap(info -> info.data().get("theme", String.class)).orElse("light"));
        }
        // end::read[]

        // tag::change[]
        Uni<SessionData> choose(String theme) {
            session.update(data -> data.with("theme", theme));
            return session.commit();
        }
        // end::change[]

        // tag::extend[]
        Uni<Boolean> keep() {
            return sessions.touch(session.id().orElseThrow());
        }
        // end::extend[]
    }

    /** Makes a session. */
    @Path("/start")
    public static class Start {

        @Inject
        ImSession session;

        @GET
        public void start() {
            session.set(SessionData.of("visited", true));
        }

        @GET
        @Path("/theme")
        public String theme() {
            return session.data().get("theme", String.class).orElse("-");
        }
    }
}
