package io.quarkiverse.imsession.it.observability;

import java.util.Objects;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.jboss.logging.MDC;

import io.quarkiverse.imsession.ImSession;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;

/** Counts in the session, and tells the session that a log line would have. */
@Path("/views")
public class Views {

    private final ImSession session;

    Views(ImSession session) {
        this.session = session;
    }

    @GET
    @Path("count")
    public int count() {
        session.update(data -> data.with("views", data.get("views", Integer.class).orElse(0) + 1));
        return session.data().get("views", Integer.class).orElseThrow();
    }

    @GET
    @Path("event-loop")
    @NonBlocking
    public String onEventLoop() {
        return loggedSession();
    }

    @GET
    @Path("worker")
    @Blocking
    public String onWorker() {
        return loggedSession();
    }

    private static String loggedSession() {
        return Objects.toString(MDC.get("session"), "none");
    }
}
