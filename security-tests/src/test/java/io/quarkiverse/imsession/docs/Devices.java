package io.quarkiverse.imsession.docs;

// tag::imports[]
import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.Cache;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionId;
import io.quarkiverse.imsession.SessionInfo;
import io.quarkus.security.Authenticated;
import io.quarkus.security.UnauthorizedException;

// end::imports[]

/** The code of the page "A page of devices". */
// tag::class[]
@Path("/devices")
@Authenticated
public class Devices {

    record Device(String id, String agent, String label, Instant since, boolean current) {
    }

    @Inject
    ImSession session;

    @Inject
    ImSessions sessions;

    private String user() {
        return session.principal().orElseThrow(UnauthorizedException::new);
    }
    // end::class[]

    // tag::list[]
    @GET
    @Cache(noStore = true)
    public List<Device> list() {
        return sessions.list(ImSession.PRINCIPAL, user(), 100).sessions().stream().map(this::device).toList();
    }

    private Device device(SessionInfo found) {
        return new Device(found.id().value(), found.client().userAgent().orElse(""), found.client().label().orElse(""),
                found.created(), session.id().filter(found.id()::equals).isPresent());
    }
    // end::list[]

    // tag::name[]
    @POST
    @Path("name")
    public void name(@FormParam("name") String name) {
        session.label(name == null ? "" : name);
    }
    // end::name[]

    // tag::end[]
    @DELETE
    @Path("{id}")
    public void end(@PathParam("id") String id) {
        if (!end(user(), new SessionId(id))) {
            throw new NotFoundException();
        }
    }

    @POST
    @Path("end-others")
    public long endOthers() {
        return endOthers(user());
    }

    @POST
    @Path("end-all")
    public long endAll() {
        return endAll(user());
    }

    @ServerExceptionMapper
    public Response refuse(IllegalArgumentException noId) {
        return Response.status(400).entity(noId.getMessage()).build();
    }
    // end::end[]

    // tag::checks[]
    /** False if the user has no such session. */
    boolean end(String user, SessionId id) {
        if (session.id().filter(id::equals).isPresent()) {
            session.destroy();
            return true;
        }
        // Ids are no secrets: without this check anybody who has seen one could end that session.
        return sessions.get(id).filter(found -> isOf(user, found)).isPresent() && sessions.destroy(id);
    }

    /** Ends all sessions of the user but that of this request, and tells how many. */
    long endOthers(String user) {
        return sessions.destroyOthers(ImSession.PRINCIPAL, user, session.id().orElseThrow());
    }

    /** Ends all sessions of the user, and tells how many. */
    long endAll(String user) {
        long ended = sessions.destroyAll(ImSession.PRINCIPAL, user);
        // It has ended already; this takes the cookie away.
        session.destroy();
        return ended;
    }

    private static boolean isOf(String user, SessionInfo session) {
        return session.data().get(ImSession.PRINCIPAL, String.class).filter(user::equals).isPresent();
    }
    // end::checks[]
}
