package io.quarkiverse.imsession.it.oidc;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkiverse.imsession.ImSession;
import io.quarkus.oidc.IdToken;
import io.quarkus.oidc.OidcSession;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** The orders of a user, and the cart of anybody. */
@Path("/")
public class Orders {

    @Inject
    SecurityIdentity identity;

    @Inject
    @IdToken
    JsonWebToken idToken;

    @Inject
    OidcSession oidc;

    @Inject
    ImSession session;

    @GET
    public String who() {
        return identity.isAnonymous() ? "nobody" : identity.getPrincipal().getName();
    }

    @GET
    @Authenticated
    @Path("orders")
    public String orders() {
        return "Orders of " + idToken.getClaim("upn");
    }

    @GET
    @Path("cart")
    public String cart(@QueryParam("add") Integer add) {
        if (add != null) {
            session.update(data -> data.with("cart", add));
        }
        return "Cart: " + session.data().get("cart", Integer.class).orElse(0);
    }

    @GET
    @Path("local-logout")
    public Uni<String> logOut() {
        return oidc.logout().replaceWith("Bye");
    }
}
