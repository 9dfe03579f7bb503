package io.quarkiverse.imsession.it.migration;

import java.util.TreeSet;

import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.FormAuthenticationMechanism;

/** What users see. It knows nothing of sessions. */
@Path("/")
public class Account {

    @Inject
    SecurityIdentity identity;

    @GET
    @PermitAll
    public String who() {
        return identity.isAnonymous() ? "nobody" : identity.getPrincipal().getName() + new TreeSet<>(identity.getRoles());
    }

    /** A page of users who log in by OpenID Connect. */
    @GET
    @Path("orders")
    public String orders() {
        return who();
    }

    /** A page of users who log in by the form. */
    @GET
    @Path("form/account")
    public String account() {
        return who();
    }

    @POST
    @Path("form/logout")
    public String logOut() {
        FormAuthenticationMechanism.logout(identity);
        return "Bye";
    }
}
