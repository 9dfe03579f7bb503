package io.quarkiverse.imsession.deployment;

import java.util.Set;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** What is guarded by a fresh log-in, in several ways. */
@Path("/fresh")
public class FreshResource {

    private final ImSession session;
    private final SecurityIdentity identity;
    private final FreshService service;

    FreshResource(ImSession session, SecurityIdentity identity, FreshService service) {
        this.session = session;
        this.identity = identity;
        this.service = service;
    }

    @GET
    @FreshlyAuthenticated("5M")
    @Path("resource")
    public String resource() {
        return identity.getPrincipal().getName();
    }

    @GET
    @FreshlyAuthenticated("PT5M")
    @Path("uni")
    public Uni<String> uni() {
        return Uni.createFrom().item(session.principal().orElseThrow());
    }

    @GET
    @RolesAllowed("admin")
    @FreshlyAuthenticated("300")
    @Path("admin")
    public String admin() {
        return identity.getPrincipal().getName();
    }

    @GET
    @Path("bean")
    public String bean() {
        return service.fiveMinutes();
    }

    /** Calls what is guarded after it has logged another user in. */
    @GET
    @Path("as-bob")
    public String asBob() {
        session.login("bob", Set.of());
        return service.fiveMinutes();
    }

    @GET
    @PermitAll
    @FreshlyAuthenticated("5M")
    @Path("permitted")
    public String permitted() {
        return session.principal().orElseThrow();
    }

    @GET
    @Path("hour")
    public String hour() {
        return service.anHour();
    }
}
