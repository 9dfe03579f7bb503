package org.acme;

import jakarta.inject.Inject;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.quarkiverse.imsession.ImSession;

@Path("/")
public class Views {

    @Inject
    ImSession session;

    @GET
    @Path("views")
    public String count() {
        session.update(data -> data.with("views", data.get("views", Integer.class).orElse(0) + 1));
        String user = session.data().get("user", String.class).orElse("stranger");
        return "Hello " + user + ", views: " + session.data().get("views", Integer.class).orElseThrow() + "\n";
    }

    @POST
    @Path("login")
    public String logIn(@FormParam("user") String user) {
        session.update(data -> data.with("user", user));
        session.renew();
        return "Welcome, " + user + "\n";
    }

    @POST
    @Path("logout")
    public String logOut() {
        session.destroy();
        return "Goodbye\n";
    }
}
