package io.quarkiverse.imsession.deployment;

import java.util.Set;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.quarkiverse.imsession.ImSession;

/** Logs users in, for the page of devices. */
@Path("/enter")
public class DevicesResource {

    private final ImSession session;

    DevicesResource(ImSession session) {
        this.session = session;
    }

    @POST
    public void enter(@QueryParam("user") String user) {
        session.login(user, Set.of());
    }

    @POST
    @Path("support")
    public void enterAsSupport(@QueryParam("user") String user) {
        session.login(user, Set.of("support"));
    }

    @POST
    @Path("for")
    public void actFor(@QueryParam("user") String user) {
        session.actAs(user, Set.of(), "ticket 4711");
    }

    @GET
    @Path("csrf")
    public String csrf() {
        return session.csrf().token();
    }
}
