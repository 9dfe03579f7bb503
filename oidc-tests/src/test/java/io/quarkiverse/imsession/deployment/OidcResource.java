package io.quarkiverse.imsession.deployment;

import java.time.Duration;
import java.util.TreeMap;
import java.util.TreeSet;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkus.oidc.AccessTokenCredential;
import io.quarkus.oidc.IdToken;
import io.quarkus.oidc.OidcSession;
import io.quarkus.oidc.RefreshToken;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

@Path("/")
public class OidcResource {

    @Inject
    ImSession session;

    @Inject
    SecurityIdentity identity;

    @Inject
    OidcSession oidc;

    @Inject
    @IdToken
    JsonWebToken idToken;

    @Inject
    AccessTokenCredential access;

    @Inject
    RefreshToken refresh;

    @GET
    @PermitAll
    @Path("data")
    public String data(@QueryParam("cart") Integer cart) {
        if (cart != null) {
            session.update(data -> data.with("cart", cart));
        }
        return new TreeMap<>(session.data().toJson()).toString();
    }

    @GET
    @PermitAll
    @Path("who")
    public String who() {
        return (identity.isAnonymous() ? "-" : identity.getPrincipal().getName()) + ' ' + session.principal().orElse("-");
    }

    @GET
    @Authenticated
    @Path("user")
    public String user() {
        return identity.getPrincipal().getName() + ' ' + session.principal().orElse("-") + ' '
                + new TreeSet<>(identity.getRoles());
    }

    @GET
    @RolesAllowed("user")
    @Path("tokens")
    public String tokens() {
        return idToken.getClaim("upn") + " " + oidc.getIdToken().getClaim("upn") + ' ' + oidc.getTenantId() + ' '
                + (access.getToken().split("\\.").length == 3) + ' ' + (refresh.getToken() != null) + ' '
                + (oidc.validFor().compareTo(Duration.ZERO) > 0);
    }

    @GET
    @Authenticated
    @Path("sid")
    public String sid() {
        return idToken.getClaim("sid");
    }

    @GET
    @Authenticated
    @Path("access")
    public String access() {
        return access.getToken();
    }

    @GET
    @Path("by-session")
    public String bySession() {
        return identity.getPrincipal().getName() + ' ' + idToken.getClaim("upn");
    }

    @GET
    @Authenticated
    @FreshlyAuthenticated("5m")
    @Path("fresh")
    public String fresh() {
        return identity.getPrincipal().getName();
    }

    @POST
    @Authenticated
    @FreshlyAuthenticated("5m")
    @Path("fresh-post")
    public String post() {
        return identity.getPrincipal().getName();
    }

    @GET
    @Path("local-logout")
    public Uni<String> logOut() {
        return oidc.logout().replaceWith("out");
    }

    @GET
    @Path("end")
    public void end() {
        session.destroy();
    }

    @GET
    @Authenticated
    @Path("fail")
    public Response fail() {
        return Response.serverError().build();
    }

    @GET
    @Authenticated
    @Path("confirm")
    public void confirm() {
        session.login(identity);
    }

    @GET
    @PermitAll
    @Path("bye")
    public String bye() {
        return "bye";
    }
}
