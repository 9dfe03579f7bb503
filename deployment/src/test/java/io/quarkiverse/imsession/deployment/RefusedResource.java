package io.quarkiverse.imsession.deployment;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import io.quarkiverse.imsession.ImSession;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Endpoints of Quarkus REST that change the session. */
@Path("/")
public class RefusedResource {

    @Inject
    ImSession session;

    @GET
    @Path("rest/change")
    public Response change() {
        session.update(data -> data.with("name", "changed"));
        return Response.status(201).header("X-Application", "answered").entity("changed").build();
    }

    @POST
    @Path("rest/change")
    public Response post(String body) {
        return change();
    }

    @GET
    @Path("rest-uni/change")
    public Uni<Response> changeLater() {
        return Uni.createFrom().item(this::change);
    }

    @GET
    @Path("rest-stream/change")
    public Multi<String> stream() {
        session.update(data -> data.with("name", "changed"));
        return Multi.createFrom().items("one", "two", "three");
    }
}
