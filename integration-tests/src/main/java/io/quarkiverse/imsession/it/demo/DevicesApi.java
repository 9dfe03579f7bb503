package io.quarkiverse.imsession.it.demo;

import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.resteasy.reactive.Cache;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.SessionId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;

/** The devices of a user for curl. */
@Path("/api/devices")
@Produces(MediaType.APPLICATION_JSON)
public class DevicesApi {

    private final ImSession session;
    private final Visitor visitor;
    private final Devices devices;
    private final ReactiveImSessions sessions;

    DevicesApi(ImSession session, Visitor visitor, Devices devices, ReactiveImSessions sessions) {
        this.session = session;
        this.visitor = visitor;
        this.devices = devices;
        this.sessions = sessions;
    }

    @GET
    @Cache(noStore = true)
    public Uni<DevicesView> list() {
        String user = user();
        SessionId current = session.id().orElseThrow();
        return sessions.list(ImSession.PRINCIPAL, user, Devices.SHOWN).map(page -> DevicesView.of(page, current));
    }

    @DELETE
    @Path("{id}")
    public void end(@PathParam("id") String id) {
        if (!devices.end(user(), Input.sessionId(id))) {
            throw Refusal.noSuchDevice();
        }
    }

    @POST
    @Path("end-others")
    public Ended endOthers() {
        return new Ended(devices.endOthers(user()));
    }

    @POST
    @Path("end-all")
    public Ended endAll() {
        return new Ended(devices.endAll(user()));
    }

    private String user() {
        return visitor.userId().orElseThrow(Refusal::notLoggedIn);
    }

    /** How many sessions have ended. */
    @RegisterForReflection
    record Ended(long ended) {
    }
}
