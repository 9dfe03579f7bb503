package org.acme.form;

// tag::imports[]
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;

// end::imports[]

// tag::class[]
/** What users see who have logged in. */
@Path("/account")
@Authenticated
public class Account {

    private final SecurityIdentity identity;
    private final ImSession session;
    private final ImSessions sessions;

    Account(SecurityIdentity identity, ImSession session, ImSessions sessions) {
        this.identity = identity;
        this.session = session;
        this.sessions = sessions;
    }

    @GET
    public String page() {
        return "This is the page of " + identity.getPrincipal().getName();
    }

    @GET
    @Path("reports")
    @RolesAllowed("admin")
    public String reports() {
        return "All is well";
    }

    // tag::fresh[]
    @GET
    @Path("address")
    @FreshlyAuthenticated("5M")
    public String address() {
        return "12 St James's Square";
    }
    // end::fresh[]

    // tag::logout[]
    @POST
    @Path("logout")
    public void logOut() {
        session.destroy();
    }

    @POST
    @Path("logout-everywhere")
    public String logOutEverywhere() {
        return sessions.destroyAll(ImSession.PRINCIPAL, identity.getPrincipal().getName()) + " sessions have ended";
    }
    // end::logout[]
}
// end::class[]
