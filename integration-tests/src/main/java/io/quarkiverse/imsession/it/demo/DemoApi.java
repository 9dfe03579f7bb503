package io.quarkiverse.imsession.it.demo;

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

    DemoApi(ImSession session, Visitor visitor) {
        this.session = session;
        this.visitor = visitor;
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
        visitor.renewId();
        return SessionView.of(session);
    }

    @POST
    @Path("/logout")
    @Produces(MediaType.APPLICATION_JSON)
    public SessionView logOut() {
        visitor.logOut();
        return SessionView.of(session);
    }
}
