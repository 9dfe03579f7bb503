package io.quarkiverse.imsession.it.observability;

import java.util.Objects;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.jboss.logging.MDC;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.common.annotation.NonBlocking;

/** Tells the session that is in the diagnostic context. */
@Path("/observability")
public class DiagnosticContext {

    @GET
    @NonBlocking
    @Path("event-loop")
    public String eventLoop() {
        return session();
    }

    @GET
    @Blocking
    @Path("worker")
    public String worker() {
        return session();
    }

    static String session() {
        return Objects.toString(MDC.get("session"), "none");
    }
}
