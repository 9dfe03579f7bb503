package io.quarkiverse.imsession.docs;

import java.time.Duration;

import jakarta.inject.Inject;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import io.quarkiverse.imsession.ImSession;

/** The code of the page "Stay logged in". */
@Path("/remember")
public class RememberMe {

    private static final Duration REMEMBERED = Duration.ofDays(30);

    @Inject
    ImSession session;

    // tag::login[]
    @POST
    @Path("login")
    public String logIn(@FormParam("user") String user, @FormParam("remember") String remember) {
        session.update(data -> data.with("user", user));
        session.renewId();
        if (remember != null) {
            session.touch(REMEMBERED);
        }
        return "Welcome, " + user;
    }
    // end::login[]

    // tag::other[]
    @POST
    @Path("email")
    public Response changeEmail(@FormParam("email") String email) {
        if (!session.isFresh(Duration.ofMinutes(10))) {
            return Response.status(401).entity("Please enter your password again").build();
        }
        session.update(data -> data.with("email", email));
        return Response.ok("Changed").build();
    }
    // end::other[]
}
