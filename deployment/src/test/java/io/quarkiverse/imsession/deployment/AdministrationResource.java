package io.quarkiverse.imsession.deployment;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.smallrye.mutiny.Uni;

/** Endpoints of Quarkus REST that do not care how administration fails. */
@Path("/administration")
public class AdministrationResource {

    @Inject
    ImSessions sessions;

    @Inject
    ReactiveImSessions reactive;

    @GET
    @Path("/session")
    public boolean exists(@QueryParam("id") SessionId id) {
        return sessions.get(id).isPresent();
    }

    @GET
    @Path("/reactive")
    public Uni<Boolean> existsReactive(@QueryParam("id") SessionId id) {
        return reactive.get(id).map(found -> found != null);
    }

    @POST
    @Path("/seat")
    public boolean seat(@QueryParam("id") SessionId id, @QueryParam("value") String value) {
        return sessions.update(id, SessionData.of("seat", value));
    }
}
