package io.quarkiverse.imsession.deployment;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;
import io.vertx.ext.web.RoutingContext;

/** Asks for the form, and logs out as the guide of Quarkus does. */
@Path("/form")
public class FormResource {

    private final SecurityIdentity identity;

    FormResource(SecurityIdentity identity) {
        this.identity = identity;
    }

    @GET
    @Path("by-policy")
    public String byPolicy() {
        return identity.getPrincipal().getName();
    }

    @GET
    @FreshlyAuthenticated("5M")
    @Path("fresh")
    public String fresh() {
        return identity.getPrincipal().getName();
    }

    @POST
    @FreshlyAuthenticated("5M")
    @Path("fresh")
    public String pay() {
        return fresh();
    }

    @POST
    @Path("logout")
    public void logOut() {
        FormAuthenticationMechanism.logout(identity);
    }

    @POST
    @Authenticated
    @Path("logout-of-request")
    public void logOut(RoutingContext context) {
        FormAuthenticationMechanism.logout(context);
    }
}
