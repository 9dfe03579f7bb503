package io.quarkiverse.imsession.deployment;

import java.util.Set;
import java.util.TreeSet;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.webauthn.WebAuthnCredentialRecord;
import io.quarkus.security.webauthn.WebAuthnSecurity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** What users see, and how the application itself logs them in. */
@Path("/")
public class PasskeyResource {

    private final ImSession session;
    private final SecurityIdentity identity;
    private final WebAuthnSecurity passkeys;

    PasskeyResource(ImSession session, SecurityIdentity identity, WebAuthnSecurity passkeys) {
        this.session = session;
        this.identity = identity;
        this.passkeys = passkeys;
    }

    @GET
    @PermitAll
    @Path("who")
    public String who() {
        return identity.isAnonymous() ? "-" : identity.getPrincipal().getName() + new TreeSet<>(identity.getRoles());
    }

    @GET
    @Authenticated
    @Path("user")
    public String user() {
        return identity.getPrincipal().getName();
    }

    @GET
    @RolesAllowed("admin")
    @Path("admin")
    public String admin() {
        return "secret";
    }

    @GET
    @Authenticated
    @Path("by-policy/{mechanism}")
    public String byPolicy() {
        return user();
    }

    @GET
    @FreshlyAuthenticated("5M")
    @Path("fresh")
    public String fresh() {
        return user();
    }

    @POST
    @FreshlyAuthenticated("5M")
    @Path("fresh")
    public String pay() {
        return user();
    }

    @GET
    @Path("login")
    public void logIn(@QueryParam("user") String user) {
        session.login(user, Set.of());
    }

    @GET
    @Path("logout")
    public void logOut() {
        session.destroy();
    }

    @GET
    @Path("set")
    public void set(@QueryParam("field") String field, @QueryParam("value") String value) {
        session.update(data -> data.with(field, value));
    }

    @GET
    @Path("get")
    public String get(@QueryParam("field") String field) {
        return session.data().get(field, String.class).orElse("-");
    }

    @POST
    @Path("own/login")
    public Uni<String> logInByPasskey(String answer, RoutingContext context) {
        return passkeys.login(new JsonObject(answer), context).map(WebAuthnCredentialRecord::getUsername)
                .invoke(user -> passkeys.rememberUser(user, context));
    }

    @POST
    @Path("own/logout")
    public void forget(RoutingContext context) {
        passkeys.logout(context);
    }
}
