package org.acme;

import java.util.Optional;

import jakarta.inject.Inject;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.imsession.ImSession;

@Path("/visits")
@Produces(MediaType.TEXT_PLAIN)
public class VisitResource {

    /** A view of the session: each component is one of its fields. */
    public record Visit(Optional<String> user, int views) {
    }

    @Inject
    ImSession session;

    @GET
    public String view() {
        session.update(Visit.class, visit -> new Visit(visit.user(), visit.views() + 1));
        Visit visit = session.as(Visit.class);
        return "Hello " + visit.user().orElse("visitor") + ", this is view " + visit.views();
    }

    @POST
    @Path("/login")
    public String login(@FormParam("user") String user) {
        // This is the place to verify a password.
        session.update(data -> data.with("user", user));
        // The user gets a new token: a client that knows the old one has no access any more.
        session.renew();
        return "Welcome " + user;
    }

    @POST
    @Path("/logout")
    public String logout() {
        session.destroy();
        return "Goodbye";
    }
}
