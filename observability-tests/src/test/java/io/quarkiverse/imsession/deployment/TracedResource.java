package io.quarkiverse.imsession.deployment;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Scope;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionData;

/** Uses sessions, also while a span of its own is open. */
@Path("/traced")
public class TracedResource {

    private final ImSession session;
    private final Tracer tracer;

    TracedResource(ImSession session, Tracer tracer) {
        this.session = session;
        this.tracer = tracer;
    }

    @GET
    @Path("read")
    public String read() {
        return session.data().asMap().toString();
    }

    @GET
    @Path("set")
    public void set(@QueryParam("name") String name) {
        Span own = tracer.spanBuilder("own").startSpan();
        try (Scope scope = own.makeCurrent()) {
            session.set(SessionData.of("name", name));
        } finally {
            own.end();
        }
    }

    @GET
    @Path("replace")
    public void replace() {
        session.destroy();
        session.set(SessionData.of("name", "bob"));
    }
}
