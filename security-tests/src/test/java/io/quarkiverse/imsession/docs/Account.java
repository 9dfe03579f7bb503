package io.quarkiverse.imsession.docs;

// tag::imports[]
import java.net.URI;
import java.util.Set;

import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.ReactiveImSessions;
import io.quarkiverse.imsession.StaleAuthenticationException;
import io.quarkus.security.Authenticated;
import io.quarkus.security.credential.PasswordCredential;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.UsernamePasswordAuthenticationRequest;
import io.smallrye.mutiny.Uni;

// end::imports[]

/** The code of the page "Log in with Quarkus Security". */
// tag::class[]
@Path("/account")
public class Account {

    @Inject
    ImSession session;

    @Inject
    SecurityIdentity identity;

    @Inject
    IdentityProviderManager identities;

    @Inject
    ReactiveImSessions sessions;
    // end::class[]

    // tag::login[]
    @POST
    @Path("login")
    public Uni<String> logIn(@FormParam("user") String user, @FormParam("password") String password) {
        if (user == null || password == null) {
            throw new BadRequestException("User and password are needed");
        }
        PasswordCredential credential = new PasswordCredential(password.toCharArray());
        return identities.authenticate(new UsernamePasswordAuthenticationRequest(user, credential))
                .map(authenticated -> {
                    session.login(authenticated);
                    return "Welcome, " + authenticated.getPrincipal().getName();
                });
    }
    // end::login[]

    // tag::link[]
    @POST
    @Path("link")
    public String logInWithLink(@FormParam("code") String code) {
        String user = userOfMailedCode(code);
        session.login(user, Set.of("reader"));
        return "Welcome, " + user;
    }
    // end::link[]

    // tag::roles[]
    @GET
    @Authenticated
    public String page() {
        return "This is the page of " + identity.getPrincipal().getName();
    }

    @GET
    @Path("reports")
    @RolesAllowed("admin")
    public String reports() {
        return "All is well";
    }
    // end::roles[]

    // tag::logout[]
    @POST
    @Path("logout")
    public void logOut() {
        session.destroy();
    }

    @POST
    @Path("logout-everywhere")
    @Authenticated
    public Uni<Long> logOutEverywhere() {
        return sessions.destroyAll("principal", session.principal().orElseThrow())
                .invoke(ended -> session.destroy()); // takes the cookie away
    }
    // end::logout[]

    // tag::fresh[]
    @POST
    @Path("pay")
    @FreshlyAuthenticated("5M")
    public String pay() {
        return "Paid";
    }
    // end::fresh[]

    // tag::stale[]
    @ServerExceptionMapper
    public Response confirm(StaleAuthenticationException stale) {
        return Response.seeOther(URI.create("/confirm-password")).build();
    }
    // end::stale[]

    // tag::provider[]
    @GET
    @Path("from-provider")
    @Authenticated
    public Response fromProvider() {
        session.login(identity);
        return Response.seeOther(URI.create("/account")).build();
    }
    // end::provider[]

    private static String userOfMailedCode(String code) {
        return code.replace("code-of-", "");
    }
}
