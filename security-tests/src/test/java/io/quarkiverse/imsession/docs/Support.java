package io.quarkiverse.imsession.docs;

import java.net.URI;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;

import io.quarkiverse.imsession.FreshlyAuthenticated;
import io.quarkiverse.imsession.ImSession;
import io.quarkiverse.imsession.SessionEvent.ActingBegan;
import io.quarkus.logging.Log;
import io.quarkus.security.Authenticated;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.TrustedAuthenticationRequest;
import io.smallrye.mutiny.Uni;

/** The code of the page "Act for a user". */
@Path("/support")
public class Support {

    @Inject
    ImSession session;

    @Inject
    SecurityIdentity identity;

    @Inject
    IdentityProviderManager identities;

    // tag::begin[]
    @POST
    @Path("act")
    @RolesAllowed("support")
    @FreshlyAuthenticated("15M")
    public Uni<Response> act(@FormParam("user") String user, @FormParam("reason") String reason) {
        if (user == null || reason == null || reason.isBlank()) {
            throw new BadRequestException("User and reason are needed");
        }
        return identities.authenticate(new TrustedAuthenticationRequest(user))
                .onFailure(AuthenticationFailedException.class).transform(unknown -> new NotFoundException("No such user"))
                .map(found -> {
                    session.actAs(found, reason);
                    return Response.seeOther(URI.create("/")).build();
                });
    }
    // end::begin[]

    // tag::end[]
    @POST
    @Path("end")
    public Response end() {
        session.endActing();
        return Response.seeOther(URI.create("/")).build();
    }
    // end::end[]

    // tag::banner[]
    @GET
    @Path("banner")
    @Authenticated
    public String banner() {
        return session.actor().map(actor -> actor + " acts for " + identity.getPrincipal().getName()).orElse("");
    }
    // end::banner[]

    // tag::own[]
    @POST
    @Path("close-account")
    @Authenticated
    public String closeAccount() {
        if (session.actor().isPresent()) {
            return "Only users themselves close their accounts";
        }
        return "Closed";
    }
    // end::own[]

    // tag::audit[]
    void audit(@ObservesAsync ActingBegan began) {
        Log.infof("%s acts for %s until %s in session %s: %s", began.actor(), began.user(), began.until(), began.id(),
                began.reason());
    }
    // end::audit[]
}
