package org.acme.plain;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkus.oidc.IdToken;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;

/** The orders of a user, as an application has them that does not have this extension. */
@Path("/")
public class Orders {

    @Inject
    SecurityIdentity identity;

    @Inject
    @IdToken
    JsonWebToken idToken;

    @GET
    public String who() {
        return identity.isAnonymous() ? "nobody" : identity.getPrincipal().getName();
    }

    @GET
    @Authenticated
    @Path("orders")
    public String orders() {
        return "Orders of " + idToken.getClaim("preferred_username");
    }
}
