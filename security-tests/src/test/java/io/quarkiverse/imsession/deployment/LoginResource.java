package io.quarkiverse.imsession.deployment;

import java.util.Set;
import java.util.TreeSet;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ImSessions;
import io.quarkiverse.imsession.SessionData;
import io.quarkus.security.Authenticated;
import io.quarkus.security.credential.PasswordCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;

/** Logs in and out, and tells who is. */
@Path("/")
public class LoginResource {

    private final ImSession session;
    private final ImSessions sessions;
    private final SecurityIdentity identity;
    private final IdentityProviderManager identities;

    LoginResource(ImSession session, ImSessions sessions, SecurityIdentity identity, IdentityProviderManager identities) {
        this.session = session;
        this.sessions = sessions;
        this.identity = identity;
        this.identities = identities;
    }

    @GET
    @Path("login")
    public String logIn(@QueryParam("user") String user, @QueryParam("roles") String roles) {
        session.login(user, roles == null ? Set.of() : Set.of(roles.split(",")));
        return session.principal().orElseThrow();
    }

    @POST
    @Path("password")
    public Uni<String> logInWithPassword(@FormParam("user") String user, @FormParam("password") String password) {
        return identities.authenticate(
                new UsernamePasswordAuthenticationRequest(user, new PasswordCredential(password.toCharArray())))
                .map(authenticated -> {
                    session.login(authenticated);
                    return session.principal().orElseThrow();
                });
    }

    @GET
    @Path("login-anonymous")
    public void logInAnonymous() {
        session.login(identity);
    }

    @GET
    @Path("login-and-fail")
    public Response logInAndFail() {
        session.login("ada", Set.of("admin"));
        return Response.serverError().build();
    }

    @GET
    @Path("logout")
    public void logOut() {
        session.destroy();
    }

    @GET
    @Blocking
    @Path("logout-everywhere")
    public long logOutEverywhere() {
        return sessions.destroyAll(ImSession.PRINCIPAL, session.principal().orElseThrow());
    }

    @GET
    @Path("set")
    public void set(@QueryParam("field") String field, @QueryParam("value") String value) {
        session.update(data -> data.with(field, value));
    }

    @GET
    @Path("set-number")
    public void set(@QueryParam("field") String field, @QueryParam("value") int value) {
        session.update(data -> data.with(field, value));
    }

    @GET
    @Path("unset")
    public void unset(@QueryParam("field") String field) {
        session.update(data -> data.without(field));
    }

    @GET
    @Path("replace")
    public void replace(@QueryParam("field") String field, @QueryParam("value") String value) {
        session.set(SessionData.of(field, value));
    }

    @GET
    @Path("get")
    public String get(@QueryParam("field") String field) {
        return session.data().get(field, String.class).orElse("-");
    }

    @POST
    @Path("change")
    public void change() {
        session.update(data -> data.with("changed", true));
    }

    @GET
    @Path("csrf")
    public String csrf() {
        return session.csrf().token();
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
    @Path("by-policy/user")
    public String byPolicy() {
        return "user";
    }

    @GET
    @Path("by-policy/admin")
    public String adminByPolicy() {
        return "admin";
    }
}
