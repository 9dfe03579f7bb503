package io.quarkiverse.imsession.it.demo;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;

/** What the administrator may do, for curl. */
@Path("/api/admin")
@Produces(MediaType.APPLICATION_JSON)
public class AdminApi {

    /** The user with a password and the role. */
    static final String USER = "admin";
    static final String ROLE = "admin";

    private final ImSession session;
    private final Passwords passwords;
    private final ReactiveImSessions sessions;

    AdminApi(ImSession session, Passwords passwords, ReactiveImSessions sessions) {
        this.session = session;
        this.passwords = passwords;
        this.sessions = sessions;
    }

    @POST
    @Path("login")
    public Uni<SessionView> logIn(@FormParam("user") String user, @FormParam("password") String password) {
        return passwords.logIn(user, password).map(ignored -> SessionView.of(session));
    }

    @GET
    @Path("sessions")
    @RolesAllowed(ROLE)
    public Uni<Sessions> count() {
        return sessions.count().map(Sessions::new);
    }

    /** Logs a user out everywhere. */
    @POST
    @Path("logout")
    @RolesAllowed(ROLE)
    @FreshlyAuthenticated("5M")
    public Uni<DevicesApi.Ended> logOut(@QueryParam("user") String user) {
        return sessions.destroyAll(ImSession.PRINCIPAL, Input.name(user)).map(DevicesApi.Ended::new);
    }

    /** How many sessions there are. */
    @RegisterForReflection
    record Sessions(long sessions) {
    }
}
