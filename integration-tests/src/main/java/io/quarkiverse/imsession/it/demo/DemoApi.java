package io.quarkiverse.imsession.it.demo;

import java.util.Map;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.imsession.ImSession;

/** The demo for curl. Whatever changes the session answers with the session as it is then. */
@Path("/api")
public class DemoApi {

    private final ImSession session;
    private final Visitor visitor;
    private final EventCounts events;

    DemoApi(ImSession session, Visitor visitor, EventCounts events) {
        this.session = session;
        this.visitor = visitor;
        this.events = events;
    }

    @GET
    @Path("/views")
    @Produces(MediaType.TEXT_PLAIN)
    public String views() {
        visitor.countView();
        return "views: " + visitor.views() + '\n';
    }

    @GET
    @Path("/session")
    @Produces(MediaType.APPLICATION_JSON)
    public SessionView session() {
        return SessionView.of(session);
    }

    @POST
    @Path("/login")
    @Produces(MediaType.APPLICATION_JSON)
    public SessionView logIn(@QueryParam("user") String user, @QueryParam("remember") boolean remember) {
        visitor.logIn(Input.userName(user), remember);
        return SessionView.of(session);
    }

    @POST
    @Path("/switch-user")
    @Produces(MediaType.APPLICATION_JSON)
    public SessionView switchUser(@QueryParam("user") String user) {
        visitor.userId().orElseThrow(Refusal::notLoggedIn);
        visitor.switchTo(Input.userName(user));
        return SessionView.of(session);
    }

    @POST
    @Path("/theme")
    @Produces(MediaType.APPLICATION_JSON)
    public SessionView theme(@QueryParam("value") String value) {
        visitor.choose(Input.theme(value));
        return SessionView.of(session);
    }

    @POST
    @Path("/cart")
    @Produces(MediaType.APPLICATION_JSON)
    public SessionView cart(@QueryParam("product") String product) {
        visitor.add(Input.product(product));
        return SessionView.of(session);
    }

    @POST
    @Path("/renew")
    @Produces(MediaType.APPLICATION_JSON)
    public SessionView renew() {
        visitor.renew();
        return SessionView.of(session);
    }

    @POST
    @Path("/logout")
    @Produces(MediaType.APPLICATION_JSON)
    public SessionView logOut() {
        visitor.logOut();
        return SessionView.of(session);
    }

    /** What happened to the sessions of all users, by kind. */
    @GET
    @Path("/events")
    @Produces(MediaType.APPLICATION_JSON)
    public Map<String, Long> events() {
        return events.byKind();
    }
}
