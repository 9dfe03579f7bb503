package io.quarkiverse.imsession.deployment;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkiverse.imsession.SessionId;
import io.smallrye.mutiny.Uni;

/** What makes, changes and ends sessions over HTTP. */
@Path("/")
public class SocketResource {

    @Inject
    ImSession session;

    @Inject
    ReactiveImSessions sessions;

    @GET
    @Path("login")
    public void logIn(@QueryParam("user") String user) {
        session.set(SessionData.of("user", user));
        session.renew();
    }

    @GET
    @Path("rename")
    public void rename(@QueryParam("user") String user) {
        session.update(data -> data.with("user", user));
    }

    @GET
    @Path("user")
    public String user() {
        return session.data().get("user", String.class).orElse("-");
    }

    @GET
    @Path("renew")
    public void renew() {
        session.renew();
    }

    @GET
    @Path("end/log-out")
    public void logOut() {
        session.destroy();
    }

    @GET
    @Path("end/by-id")
    public Uni<Boolean> endById(@QueryParam("id") String id) {
        return sessions.destroy(new SessionId(id));
    }

    @GET
    @Path("end/by-user")
    public Uni<Long> endByUser(@QueryParam("user") String user) {
        return sessions.destroyAll("user", user);
    }

    @GET
    @Path("end/every")
    public Uni<Long> endEvery() {
        return sessions.destroyEverySession();
    }
}
