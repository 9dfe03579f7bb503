package io.quarkiverse.imsession.deployment;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;

/** For applications with tokens. */
@Path("/api")
public class ApiResource {

    private final SecurityIdentity identity;

    ApiResource(SecurityIdentity identity) {
        this.identity = identity;
    }

    @GET
    @Authenticated
    @Path("user")
    public String user() {
        return identity.getPrincipal().getName();
    }

    @GET
    @FreshlyAuthenticated("5M")
    @Path("fresh")
    public String fresh() {
        return identity.getPrincipal().getName();
    }
}
