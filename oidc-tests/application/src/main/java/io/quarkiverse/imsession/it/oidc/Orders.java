package io.quarkiverse.imsession.it.oidc;

// tag::imports[]
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkus.oidc.IdToken;
import io.quarkus.oidc.OidcSession;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

// end::imports[]

// tag::class[]
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
    @Path("cart")
    public String cart(@QueryParam("add") Integer add) {
        if (add != null) {
            session.update(data -> data.with("cart", add));
        }
        return "Cart: " + session.data().get("cart", Integer.class).orElse(0);
    }

    @GET
    @Authenticated
    @Path("orders")
    public String orders() {
        return "Orders of " + idToken.getName();
    }

    // tag::fresh[]
    @GET
    @Path("payment")
    @FreshlyAuthenticated("30S")
    public String pay() {
        return "Paid by " + idToken.getName();
    }
    // end::fresh[]

    // tag::logout[]
    @POST
    @Path("local-logout")
    public Uni<String> logOut() {
        return oidc.logout().replaceWith("Bye");
    }
    // end::logout[]
}
// end::class[]
