package io.quarkiverse.imsession.it.security;

import java.time.Duration;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkus.security.Authenticated;
import io.quarkus.security.credential.PasswordCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TrustedAuthenticationRequest;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.smallrye.mutiny.Uni;

/** Logs in and out, and guards what only some may see. */
@Path("/account")
public class Account {

    private final ImSession session;
    private final ReactiveImSessions sessions;
    private final SecurityIdentity identity;
    private final IdentityProviderManager identities;

    Account(ImSession session, ReactiveImSessions sessions, SecurityIdentity identity, IdentityProviderManager identities) {
        this.session = session;
        this.sessions = sessions;
        this.identity = identity;
        this.identities = identities;
    }

    @POST
    @Path("login")
    public Uni<Void> logIn(@FormParam("user") String user, @FormParam("password") String password,
            @FormParam("stay") boolean stay) {
        return identities
                .authenticate(new UsernamePasswordAuthenticationRequest(user, new PasswordCredential(password.toCharArray())))
                .invoke(session::login).invoke(() -> remember(stay)).replaceWithVoid();
    }

    private void remember(boolean stay) {
        if (stay) {
            session.touch(Duration.ofDays(30));
        }
    }

    @POST
    @Path("visit")
    @Authenticated
    public void visit() {
        session.update(data -> data.with("visits", data.get("visits", Integer.class).orElse(0) + 1));
    }

    @POST
    @Path("logout")
    public void logOut() {
        session.destroy();
    }

    @POST
    @Path("logout-everywhere")
    @Authenticated
    public Uni<Long> logOutEverywhere() {
        return sessions.destroyAll(ImSession.PRINCIPAL, identity.getPrincipal().getName());
    }

    @POST
    @Path("act")
    @RolesAllowed("support")
    public Uni<Void> act(@FormParam("user") String user, @FormParam("reason") String reason) {
        return identities.authenticate(new TrustedAuthenticationRequest(user)).invoke(found -> session.actAs(found, reason))
                .replaceWithVoid();
    }

    @POST
    @Path("end-acting")
    public void endActing() {
        session.endActing();
    }

    @GET
    @Path("actor")
    @Authenticated
    public String actor() {
        return session.actor().orElse("-") + ' ' + identity.getAttributes().getOrDefault(ImSession.ACTED_BY, "-");
    }

    @GET
    @Authenticated
    public String name() {
        return identity.getPrincipal().getName();
    }

    @GET
    @Path("reports")
    @RolesAllowed("admin")
    public String reports() {
        return "reports";
    }

    @GET
    @Path("hour")
    @FreshlyAuthenticated("1H")
    public String freshForAnHour() {
        return name();
    }

    @GET
    @Path("second")
    @FreshlyAuthenticated("1S")
    public String freshForASecond() {
        return name();
    }
}
